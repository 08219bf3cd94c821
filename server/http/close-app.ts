import type { Socket } from 'node:net';

import type { FastifyInstance } from 'fastify';

/**
 * Gives the function that closes the app: no new connections, requests under way finish within `patienceMs`, everything
 * else ends at once. Node's own close leaves two kinds of connections that nothing will ever come on: those whose answer
 * began before the close, and those that were opened ahead of a first request, as browsers do.
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
