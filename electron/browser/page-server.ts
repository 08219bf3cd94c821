import type { RequestListener, Server } from 'node:http';
import path from 'node:path';

import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';

import { pagePolicy } from '../desk/page-policy.ts';
import type { PageDesk } from './page-desk.ts';
import { connectDesk } from './page/connect-desk.ts';
import { refusalPage } from './renderer-page.ts';
import type { VisitorKeys } from './visitor-keys.ts';

/** No route has a schema, and the compilers for schemas take a fifth of the time in which fastify starts. */
const noCompiler = () => () => {
  throw new Error('the routes of a page server have no schemas');
};
const noSchemas = { buildValidator: noCompiler, buildSerializer: noCompiler };

const socketPath = '/desk-socket';

/** The limit of one message from a page. The largest command is below 2 KiB. */
const maxMessageBytes = 64 * 1024;

export interface PageServerOptions {
  /** A server that listens already. */
  readonly server: Server;
  readonly door: Door;
  /** The text of the renderer's index.html. `rendererDir` is the folder of that file. */
  readonly page: string;
  readonly rendererDir: string;
  /** Sockets wait for the desk. */
  readonly desk: Promise<PageDesk>;
}

/** Admits a request by its `Host` header and by the visitor's keys. */
export interface Door {
  readonly host: string;
  readonly keys: VisitorKeys;
}

export interface PageServer {
  readonly answer: RequestListener;
  /** Resolves when a page has loaded its script. */
  readonly visited: Promise<void>;
  /** Closes the sockets. The server goes on listening. */
  close(): Promise<void>;
}

/**
 * Makes what answers the pages' requests. Admits only requests to its own address (a name that an attacker points at 127.0.0.1
 * has another Host), from its own pages (Origin), from a visitor who entered with the token. Others are answered with 403.
 */
export async function makePageServer(options: PageServerOptions): Promise<PageServer> {
  const { server, door, page, rendererDir, desk } = options;
  const assetsDir = path.join(rendererDir, 'assets');
  const app = fastify({ serverFactory: () => server, schemaController: { compilersFactory: noSchemas } });
  await app.register(fastifyWebsocket, { options: { maxPayload: maxMessageBytes } });
  guard(app, door);
  await app.register(fastifyStatic, {
    root: rendererDir,
    index: false,
    cacheControl: false,
    setHeaders(reply, file) {
      // An asset is named after its content: a second start need not ask for it, and the browser keeps its compiled code.
      if (path.dirname(file) === assetsDir) reply.header('cache-control', 'private, max-age=31536000, immutable');
    },
  });
  app.get('/', (_request, reply) => reply.type('text/html').header('cache-control', 'no-store').send(page));
  app.get('/index.html', (_request, reply) => reply.redirect('/'));
  const visited = Promise.withResolvers<void>();
  app.get('/desk.js', { onResponse: async () => visited.resolve() }, (_request, reply) =>
    reply.type('text/javascript').send(`(${String(connectDesk)})(${JSON.stringify(socketPath)});\n`),
  );
  const untilOpen = async () => void (await desk);
  app.get(socketPath, { websocket: true, onRequest: untilOpen }, async (socket) => (await desk).serve(socket));
  await app.ready();
  return {
    answer: (request, response) => app.routing(request, response),
    visited: visited.promise,
    close: () => app.close(),
  };
}

/** Call this after the WebSocket plugin, of which the hook sets `request.ws`, and before every route. */
function guard(app: FastifyInstance, { host, keys }: Door): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders(host));

    if (request.headers.host !== host) {
      return refuse(reply, 'Not this address', `Open Holdfast by the address that it printed: http://${host}.`);
    }
    const { origin } = request.headers;
    if (origin === undefined ? request.ws : origin !== `http://${host}`) {
      return refuse(reply, 'Not from here', 'Other pages and programs may not speak to this desk.');
    }
    if (keys.knows(request.headers.cookie)) {
      // The redirect takes the token out of the address line and the history.
      if (hasToken(request.query)) return reply.redirect('/', 303);
      return;
    }
    const cookie = request.routeOptions.url === '/' && hasToken(request.query) ? keys.enter(request.query.token) : null;
    if (cookie !== null) return reply.header('set-cookie', cookie).redirect('/', 303);
    return refuse(
      reply,
      'This link has been used',
      'Each link opens Holdfast once, in one browser. Go back to the window that it opened, or stop Holdfast (Ctrl-C) and start it again: it prints a new link.',
    );
  });
}

function hasToken(query: unknown): query is { token: string } {
  return typeof query === 'object' && query !== null && 'token' in query && typeof query.token === 'string';
}

function refuse(reply: FastifyReply, title: string, whatToDo: string): FastifyReply {
  return reply.code(403).type('text/html').header('cache-control', 'no-store').send(refusalPage(title, whatToDo));
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
