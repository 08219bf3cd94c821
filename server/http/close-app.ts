import type { Socket } from 'node:net';

import type { FastifyInstance } from 'fastify';

/**
 * Makes the function that closes the app: no new connections, `patienceMs` milliseconds for the requests under way, and an
 * end at once for every other connection. Node's own close leaves two kinds of idle connections open: those whose answer
 * began before the close, and those that browsers open ahead of a first request.
 */
export function makeCloser(app: FastifyInstance, patienceMs: number): () => Promise<void> {
  const unused = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }: { socket: Socket }) => unused.delete(socket));

  let closing: Promise<void> | undefined;
  app.addHook('onResponse', async () => {
    if (closing) setImmediate(() => app.server.closeIdleConnections());
  });

  async function close(): Promise<void> {
    const patience = setTimeout(() => app.server.closeAllConnections(), patienceMs);
    for (const socket of unused) socket.destroy();
    await app.close().finally(() => clearTimeout(patience));
  }
  return () => (closing ??= close());
}
