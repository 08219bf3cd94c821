import { makeBridge } from './bridge.ts';
import { makeWire } from './wire.ts';

export const preloadWorld = 'preload';
export const postBinding = 'postToMain';
export const receiveName = 'receiveFromMain';

interface Post {
  readonly kind: 'invoke' | 'send';
  readonly id: number;
  readonly channel: string;
  readonly args: readonly unknown[];
}

interface Received {
  readonly kind: 'answer' | 'failure' | 'message';
  readonly id: number;
  readonly channel: string;
  readonly value: unknown;
}

/** Runs a sandboxed preload in its isolated world as Electron does: from its source, in the page. */
function runPreload(
  preload: (require: (name: string) => unknown, module: object, exports: object) => void,
  bridge: ReturnType<typeof makeBridge>,
  wire: ReturnType<typeof makeWire>,
  names: { readonly post: string; readonly receive: string },
): void {
  const world = globalThis as unknown as Record<string, unknown>;
  const post = world[names.post] as (text: string) => void;
  const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, ((event: object, ...args: unknown[]) => void)[]>();
  let lastId = 0;
  const say = (message: Post) => post(wire.encode(message));

  const named = <T extends object>(name: string, object: T): T =>
    new Proxy(object, {
      get(target, key) {
        if (key in target || typeof key === 'symbol') return Reflect.get(target, key) as unknown;
        throw new Error(`The double of Electron has no ${name}.${key}: add it to tests/electron/double.`);
      },
    });
  const electron = named('electron', {
    contextBridge: named('contextBridge', { exposeInMainWorld: bridge.expose }),
    ipcRenderer: named('ipcRenderer', {
      invoke(channel: string, ...args: unknown[]) {
        lastId += 1;
        say({ kind: 'invoke', id: lastId, channel, args });
        return new Promise((resolve, reject) => calls.set(lastId, { resolve, reject }));
      },
      send: (channel: string, ...args: unknown[]) => say({ kind: 'send', id: 0, channel, args }),
      on(channel: string, listener: (event: object, ...args: unknown[]) => void) {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      },
    }),
  });

  world[names.receive] = (text: string) => {
    const { kind, id, channel, value } = wire.decode(text) as Received;
    if (kind === 'message') {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...(value as unknown[]));
      return;
    }
    const call = calls.get(id);
    calls.delete(id);
    if (kind === 'answer') call?.resolve(value);
    else call?.reject(new Error(`Error invoking remote method '${channel}': ${String(value)}`));
  };

  const require = (name: string) => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  preload(require, module, module.exports);
}

/** The page's end of the bridge. It runs in the main world, before anything of the page. */
export function pageEnd(secret: string): string {
  return `if (window === window.top) (${String(makeBridge)})(${JSON.stringify(secret)}, 'page', 'preload');`;
}

/** The preload and its end of the bridge. They run in the isolated world, after pageEnd. Frames within the page get none. */
export function preloadEnd(secret: string, preloadSource: string): string {
  const names = JSON.stringify({ post: postBinding, receive: receiveName });
  return `if (window === window.top) (${String(runPreload)})(
    function (require, module, exports) {${preloadSource}\n},
    (${String(makeBridge)})(${JSON.stringify(secret)}, 'preload', 'page'),
    (${String(makeWire)})(),
    ${names},
  );`;
}
