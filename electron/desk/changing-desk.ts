import type { DeskEvent } from '../../core/contract/desk/calls.ts';
import type { OpenDesk } from './open-desk.ts';

type Listener = (event: DeskEvent) => void;

/** The desk that the pages see. The running desk behind it can change while pages look at it. */
export interface ChangingDesk {
  /** The running desk; during a change, the one that the change opens. Null while the desk is not set up. */
  current(): Promise<OpenDesk | null>;
  /** Calls `farewell` with the present desk, closes that desk, and puts the desk that `open` returns in its place. */
  change(open: () => OpenDesk, farewell?: (before: OpenDesk) => Promise<void>): Promise<void>;
  listen(listener: Listener): () => void;
  close(): Promise<void>;
}

export function openChangingDesk(): ChangingDesk {
  const listeners = new Map<Listener, () => void>();
  let desk: OpenDesk | null = null;
  let changing: Promise<void> = Promise.resolve();

  const follow = (listener: Listener) => listeners.set(listener, desk?.listen(listener) ?? (() => {}));

  async function change(open: () => OpenDesk, farewell?: (before: OpenDesk) => Promise<void>) {
    const before = desk;
    if (before) {
      await farewell?.(before);
      for (const unlisten of listeners.values()) unlisten();
      await before.close();
      desk = null;
    }
    desk = open();
    for (const listener of listeners.keys()) {
      follow(listener);
      listener({ type: 'everything-changed' });
    }
  }

  const inTurn = (act: () => Promise<void>) => {
    const done = changing.then(act);
    changing = done.catch(() => {});
    return done;
  };

  return {
    async current() {
      await changing;
      return desk;
    },
    change: (open, farewell) => inTurn(() => change(open, farewell)),
    listen(listener) {
      follow(listener);
      return () => {
        listeners.get(listener)?.();
        listeners.delete(listener);
      };
    },
    close: () => inTurn(async () => desk?.close()),
  };
}
