import pg from 'pg';

import { startServer } from '../../../../server/start-server.ts';

/**
 * Runs the server in a process of its own and reports its address. On request it reports the number of statements that it
 * sent to PostgreSQL since the last request, by their first words.
 */
const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl) throw new Error('Set DATABASE_URL.');

const counts = new Map<string, number>();
// The server reaches the database by node-postgres alone (docs/adr/0002). Pools and listeners send through this method.
const send = pg.Client.prototype.query as (...given: unknown[]) => unknown;
pg.Client.prototype.query = function count(this: pg.Client, ...given: unknown[]) {
  const [config] = given as [string | { text?: string }];
  const text = (typeof config === 'string' ? config : (config.text ?? '')).trim().replaceAll(/\s+/g, ' ').slice(0, 120);
  counts.set(text, (counts.get(text) ?? 0) + 1);
  return send.apply(this, given);
} as typeof pg.Client.prototype.query;

const server = await startServer({ databaseUrl });
process.on('message', () => {
  process.send?.({ statements: Object.fromEntries(counts) });
  counts.clear();
});
process.on('disconnect', () => void server.close().then(() => process.exit(0)));
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
process.send?.({ url: server.url });
