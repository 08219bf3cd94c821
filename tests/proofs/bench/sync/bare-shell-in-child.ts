import path from 'node:path';

import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import fastify from 'fastify';

// The browser shell without a desk: the same server for a folder with an empty page.
const [pageDir, port] = process.argv.slice(2) as [string, string];
const app = fastify({ forceCloseConnections: true });
await app.register(fastifyWebsocket);
await app.register(fastifyStatic, {
  root: pageDir,
  cacheControl: false,
  setHeaders(reply, file) {
    if (path.basename(path.dirname(file)) === 'assets') {
      reply.header('cache-control', 'private, max-age=31536000, immutable');
    }
  },
});
const url = await app.listen({ host: '127.0.0.1', port: Number(port) });
process.send?.(url);
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
