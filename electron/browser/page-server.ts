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

/** No route has a schema, and the compilers that fastify would load for them take a fifth of its time to start. */
const noCompiler = () => () => {
  throw new Error('the routes of a page server have no schemas');
};
const noSchemas = { buildValidator: noCompiler, buildSerializer: noCompiler };

const socketPath = '/desk-socket';

/** Bytes of one message from a page. The largest command is below 2 KiB. */
const maxMessageBytes = 64 * 1024;

export interface PageServerOptions {
  /** Listens already. */
  readonly server: Server;
  readonly door: Door;
  /** The renderer's index.html, and the folder that it is from. */
  readonly page: string;
  readonly rendererDir: string;
  /** Sockets wait for it. */
  readonly desk: Promise<PageDesk>;
}

/** Who is let in: by this `Host`, with these keys. */
export interface Door {
  readonly host: string;
  readonly keys: VisitorKeys;
}

export interface PageServer {
  readonly answer: RequestListener;
  /** A page has come. */
  readonly visited: Promise<void>;
  /** Ends the sockets; the server goes on listening. */
  close(): Promise<void>;
}

/**
 * What answers the pages' requests. Admits only requests to its own address (a name that an attacker points at 127.0.0.1
 * has another Host), from its own pages (Origin), by a visitor who came with the token.
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
      // Named after what is in it: a second start need not ask for it, and the browser keeps what it has compiled.
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

/** After the WebSocket plugin, whose own hook sets `request.ws`; before every route. */
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
      // Out of the address line and the history.
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
