import pg from 'pg';

import { startServer } from '../../../../server/start-server.ts';

/**
 * The server in a process of its own. Says where it is, and when it is asked, how many statements it has sent to PostgreSQL
 * since it was last asked, by the first words of their text.
 */
const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl) throw new Error('Set DATABASE_URL.');

const counts = new Map<string, number>();
// node-postgres is the only way to the database that the server has (docs/adr/0002); pools and listeners send by this.
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
