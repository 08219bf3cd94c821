import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { keyFile } from './key-file.ts';
import type { PageDesk, ShownDesk } from './page-desk.ts';
import type { PageServer } from './page-server.ts';
import { loadRendererPage } from './renderer-page.ts';
import { makeVisitorKeys } from './visitor-keys.ts';

/** How long the desk waits for the browser's first page: a browser that has not come by then may never come. */
const patienceMs = 500;

interface PageOptions {
  /** The built renderer. */
  readonly rendererDir: string;
  /** 0, the default: any free port. */
  readonly port?: number;
  readonly log?: (line: string) => void;
  /**
   * Called as soon as the address may be opened, so that a browser starts while the desk does. Pages are served at once. The
   * desk is opened after this has resolved, and then answers the pages' calls.
   */
  readonly onListening?: (url: string) => void | Promise<void>;
}

export type BrowserShellOptions = ShownDesk & PageOptions;

export interface BrowserShell {
  /** The desk's address, with a token that is good for one entry. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Shows one desk to any number of pages of this PC's browser. Listens on the loopback interface alone; page-server.ts admits
 * the visitors. The shell listens before it has loaded the page server, and serves pages before it has opened the desk: a
 * browser takes as long to start as both.
 * @throws where the port is taken, the renderer is not built, another desk runs on the folder, a newer Holdfast made the
 * store, or other people can read the key file
 */
export async function startBrowserShell(options: BrowserShellOptions): Promise<BrowserShell> {
  const { rendererDir, port = 0, log = console.error, onListening, ...deskOptions } = options;
  const page = loadRendererPage(rendererDir);
  const answering = Promise.withResolvers<RequestListener>();
  const opening = Promise.withResolvers<PageDesk>();
  // The caller learns of a failure by the error that this function throws.
  opening.promise.catch(() => {});
  // An import would read every export of node:http. One of them, WebSocket, loads undici: 13 ms of the start.
  const server = process
    .getBuiltinModule('node:http')
    .createServer((request, response) => void answering.promise.then((answer) => answer(request, response)));
  server.listen({ host: '127.0.0.1', port });
  await once(server, 'listening');
  let pages: PageServer | null = null;
  const close = async () => {
    await pages?.close();
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  try {
    const { port: taken } = server.address() as AddressInfo;
    const door = { host: `127.0.0.1:${taken}`, keys: makeVisitorKeys(taken, keyFile.loadKey(deskOptions.dataDir)) };
    const url = `http://${door.host}/?token=${door.keys.token}`;
    const told = Promise.resolve(onListening?.(url));
    // A failure is thrown where `told` is awaited below.
    told.catch(() => {});
    const { makePageServer } = await import('./page-server.ts');
    pages = await makePageServer({ server, door, page, rendererDir, desk: opening.promise });
    answering.resolve(pages.answer);
    await told;
    const { openPageDesk } = await import('./page-desk.ts');
    // Opening the desk holds up every other request, so a page that is on its way is served first.
    if (onListening) await Promise.race([pages.visited, pause(patienceMs, undefined, { ref: false })]);
    const desk = await openPageDesk(deskOptions, log);
    opening.resolve(desk);

    return {
      url,
      async close() {
        await close();
        await desk.close();
      },
    };
  } catch (error) {
    opening.reject(error);
    await close();
    throw error;
  }
}
