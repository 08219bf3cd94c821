import { parseArgs } from 'node:util';

import { startServer } from '../../server/start-server.ts';

/**
 * The sync server in a utility process of the desk (electron/main/hosted-server.ts): says `{ url }` when it listens, or
 * `{ failure }`; ends when it is told to close. Serves the database of DATABASE_URL.
 */
const { parentPort } = process;
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const databaseUrl = process.env['DATABASE_URL'];

try {
  if (!databaseUrl) throw new Error('Set DATABASE_URL to the database, with the role that the app uses.');
  const server = await startServer({ databaseUrl, port: Number(values.port) });
  parentPort.on('message', () => {
    void server.close().finally(() => process.exit(0));
  });
  parentPort.postMessage({ url: server.url });
} catch (error) {
  parentPort.postMessage({ failure: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}
