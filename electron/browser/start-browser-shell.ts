import type { AddressInfo } from 'node:net';
import path from 'node:path';

import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';

import type { DeskOptions } from '../desk/desk-options.ts';
import { openDesk, type RunningDesk } from '../desk/open-desk.ts';
import { openInstallation } from '../desk/open-installation.ts';
import { pagePolicy } from '../desk/page-policy.ts';
import { answerSocket } from './answer-socket.ts';
import { keyFile } from './key-file.ts';
import { connectDesk } from './page/connect-desk.ts';
import { loadRendererPage, refusalPage } from './renderer-page.ts';
import { largestMessage, socketPath } from './socket-messages.ts';
import { spawnHostBy } from './spawn-host.ts';
import { makeVisitorKeys, type VisitorKeys } from './visitor-keys.ts';

/** A server that is given; or none: the desk keeps which one it uses, and can host one by this entry. */
type ShownDesk =
  | Omit<DeskOptions, 'keys'>
  | (Omit<DeskOptions, 'keys' | 'serverUrl' | 'pairing' | 'pairingCode'> & {
      readonly serverUrl: null;
      readonly hostEntry: string;
    });

interface PageOptions {
  /** The built renderer. */
  readonly rendererDir: string;
  /** 0, the default: any free one. */
  readonly port?: number;
  readonly log?: (line: string) => void;
  /**
   * Called as soon as the address may be opened, so that a browser starts while the desk does. Pages come at once; their
   * calls are answered when the desk is there, which is opened after this has ended.
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
 * Shows one desk to any number of pages of this PC's browser. Listens on the loopback interface alone, and admits only
 * requests to its own address (a name that an attacker points at 127.0.0.1 has another Host), from its own pages
 * (Origin), by a visitor who came with the token.
 * @throws where the port is taken, the renderer is not built, another desk runs on the folder, the store is of a newer
 * version, or its key file is open to others
 */
export async function startBrowserShell(options: BrowserShellOptions): Promise<BrowserShell> {
  const { rendererDir, port = 0, log = console.error, onListening, ...deskOptions } = options;
  const page = loadRendererPage(rendererDir);
  const assetsDir = path.join(rendererDir, 'assets');
  const opening = Promise.withResolvers<RunningDesk>();
  // Whoever started the shell is told by its own error.
  opening.promise.catch(() => {});
  const app = fastify({ forceCloseConnections: true });
  try {
    let door: Door | null = null;
    await app.register(fastifyWebsocket, { options: { maxPayload: largestMessage } });
    guard(app, () => door);
    await app.register(fastifyStatic, {
      root: rendererDir,
      index: false,
      cacheControl: false,
      setHeaders(reply, file) {
        // Named after what is in it: a second start need not ask for it, and the browser keeps what it has compiled.
        if (path.dirname(file) === assetsDir) reply.header('cache-control', 'private, max-age=31536000, immutable');
      },
    });
    app.get('/', (_request, reply) => reply.type('text/html').header('cache-control', 'no-store').send(page));
    app.get('/index.html', (_request, reply) => reply.redirect('/'));
    app.get('/desk.js', (_request, reply) =>
      reply.type('text/javascript').send(`(${String(connectDesk)})(${JSON.stringify(socketPath)});\n`),
    );
    let desk: RunningDesk | null = null;
    const untilOpen = async () => void (await opening.promise);
    app.get(socketPath, { websocket: true, onRequest: untilOpen }, (socket) => {
      if (desk) answerSocket(socket, desk, log);
    });
    await app.listen({ host: '127.0.0.1', port });
    const host = `127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    const keys = makeVisitorKeys((app.server.address() as AddressInfo).port);
    door = { host, keys };
    const url = `http://${host}/?token=${keys.token}`;
    await onListening?.(url);
    const running = await openShownDesk(deskOptions, log);
    desk = running;
    opening.resolve(running);

    return {
      url,
      async close() {
        await app.close();
        await running.close();
      },
    };
  } catch (error) {
    opening.reject(error);
    await app.close();
    throw error;
  }
}

async function openShownDesk(options: ShownDesk, log: (line: string) => void): Promise<RunningDesk> {
  if (options.serverUrl !== null) return openDesk({ ...options, keys: keyFile });
  const { serverUrl: _none, hostEntry, ...deskOptions } = options;
  return openInstallation({ ...deskOptions, keys: keyFile, spawnHost: spawnHostBy(hostEntry), log });
}

interface Door {
  readonly host: string;
  readonly keys: VisitorKeys;
}

/** After the WebSocket plugin, whose own hook sets `request.ws`; before every route. */
function guard(app: FastifyInstance, door: () => Door | null): void {
  app.addHook('onRequest', async (request, reply) => {
    const open = door();
    if (!open) return refuse(reply, 503, 'Holdfast is starting', 'Try again in a moment.');
    const { host, keys } = open;
    reply.headers(securityHeaders(host));

    if (request.headers.host !== host) {
      return refuse(reply, 403, 'Not this address', `Open Holdfast by the address that it printed: http://${host}.`);
    }
    const { origin } = request.headers;
    if (origin === undefined ? request.ws : origin !== `http://${host}`) {
      return refuse(reply, 403, 'Not from here', 'Other pages and programs may not speak to this desk.');
    }
    if (keys.knows(request.headers.cookie)) {
      // Out of the address line and the history.
      if (hasToken(request.query)) return reply.redirect('/', 303);
      return;
    }
    const cookie = request.routeOptions.url === '/' && hasToken(request.query) ? keys.enter(request.query.token) : null;
    if (cookie !== null) return reply.header('set-cookie', cookie).redirect('/', 303);
    return refuse(
      reply,
      403,
      'This link has been used',
      'Each link opens Holdfast once, in one browser. Go back to the window that it opened, or stop Holdfast (Ctrl-C) and start it again: it prints a new link.',
    );
  });
}

function hasToken(query: unknown): query is { token: string } {
  return typeof query === 'object' && query !== null && 'token' in query && typeof query.token === 'string';
}

function refuse(reply: FastifyReply, status: number, title: string, whatToDo: string): FastifyReply {
  return reply.code(status).type('text/html').header('cache-control', 'no-store').send(refusalPage(title, whatToDo));
}

function securityHeaders(host: string): Record<string, string> {
  return {
    'content-security-policy': pagePolicy(`ws://${host}`),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  };
}
