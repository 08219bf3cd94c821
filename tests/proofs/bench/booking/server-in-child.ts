import { openApp } from '../../../../server/http/open-app.ts';
import { defaultLimits } from '../../../../server/limits/limits.ts';
import { createLog } from '../../../../server/observe/log.ts';
import { createMetrics } from '../../../../server/observe/metrics.ts';
import { startServer } from '../../../../server/start-server.ts';

/**
 * Runs the server in a process of its own. On another port it runs our HTTP layer with a route that reads the body as JSON
 * and does nothing, to measure what a POST costs before any decision. Prints both addresses as a JSON line.
 */
const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl) throw new Error('Set DATABASE_URL.');
const limits = { ...defaultLimits, requestsPerTenSeconds: 1_000_000, strangerRequestsPerTenSeconds: 1_000_000 };
const server = await startServer({ databaseUrl, limits });
const log = createLog({ level: 'silent' });
const idle = openApp({ log, metrics: createMetrics(), limits, trustProxy: false, now: () => new Date().toISOString() });
idle.post('/nothing', async () => ({}));
const idleUrl = await idle.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ url: server.url, idleUrl })}\n`);
process.once('SIGTERM', () => void Promise.all([server.close(), idle.close()]));
