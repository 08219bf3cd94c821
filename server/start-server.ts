import type { AddressInfo } from 'node:net';

import type { Logger } from 'pino';

import { openDatabaseClock, type DatabaseClock } from '../db/pg/database-clock.ts';
import { openPool } from '../db/pg/pool.ts';
import { issueCommand } from './api/issue-command.ts';
import { serveContract } from './api/serve-contract.ts';
import { serveDocument } from './api/serve-document.ts';
import { openFeed } from './calendar/feed.ts';
import { openPokes } from './calendar/pokes.ts';
import type { CommandHooks } from './commands/command-steps.ts';
import { openDeskRegister } from './desks/desk-register.ts';
import { makeCloser } from './http/close-app.ts';
import { openApp } from './http/open-app.ts';
import { systemClock, type ServerClock } from './jobs/clock.ts';
import { extendShortHorizons } from './jobs/extend-horizon.ts';
import { jobActor } from './jobs/job-actor.ts';
import type { IssueCommand, Job } from './jobs/job.ts';
import { serverJobs } from './jobs/list.ts';
import { runJobs, type RunningJobs } from './jobs/run-jobs.ts';
import { openAttemptCounts } from './limits/attempts.ts';
import { defaultLimits, type Limits } from './limits/limits.ts';
import { createLog } from './observe/log.ts';
import { createMetrics } from './observe/metrics.ts';
import { serveHealth } from './observe/serve-health.ts';
import { refuseDemoBeyondLoopback } from './sessions/refuse-demo.ts';
import { openSessionRegister } from './sessions/session-register.ts';

export interface ServerOptions {
  /** The app's role: owns nothing, row-level security applies. */
  readonly databaseUrl: string;
  readonly host?: string | undefined;
  /** 0, the default, takes a free one. */
  readonly port?: number | undefined;
  /** Where the log's lines go; silent by default. */
  readonly log?: Logger | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly trustProxy?: boolean | undefined;
  /** Called at every durable step of a command (server/commands/command-steps.ts), for tests. */
  readonly hooks?: CommandHooks | undefined;
  /** The database's clock, as the server measures it, and Node's timers in the place of what is left out. */
  readonly clock?: Partial<ServerClock> | undefined;
  /** Those of server/jobs/list.ts where it is left out. */
  readonly jobs?: readonly Job[] | undefined;
}

export interface RunningServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** Ends event streams, lets requests and a job under way finish (10 s at most), then lets go of the database. */
  close(): Promise<void>;
}

const patienceMs = 10_000;
const measureEveryMs = 60_000;

/** Starts the sync server. Throws where the database cannot be reached or the port is taken; nothing is left open then. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { databaseUrl, host = '127.0.0.1', port = 0, trustProxy = false, hooks } = options;
  const log = options.log ?? createLog({ level: 'silent' });
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const metrics = createMetrics();
  const pool = openPool(databaseUrl);
  const databaseClock = openDatabaseClock(pool);
  const clock: ServerClock = { ...systemClock, now: databaseClock.now, ...options.clock };
  const feed = openFeed({ pool, metrics });
  const pokes = await openPokes({ databaseUrl, metrics, log, onPoke: feed.touch }).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  const app = openApp({ log, metrics, limits, trustProxy, now: options.clock?.now ?? databaseClock.knownNow });
  const sessions = openSessionRegister(pool);

  const attempts = openAttemptCounts(limits);
  const desks = openDeskRegister(pool);
  serveContract(app, { pool, metrics, sessions, desks, attempts, feed, pokes, hooks, now: clock.now }, limits);
  const healthPool = openPool(databaseUrl, { max: 1, applicationName: 'holdfast readiness' });
  serveHealth(app, { pool: healthPool, metrics });
  await serveDocument(app);
  let jobs: RunningJobs | null = null;
  const stopMeasuring = measureAgainAndAgain(databaseClock, log);
  // Event streams never end by themselves, so they end before the server waits for its requests; a job ends meanwhile.
  app.addHook('preClose', async () => {
    pokes.end();
    void jobs?.close();
  });
  app.addHook('onClose', async () => {
    await Promise.all([jobs?.close(), pokes.close()]);
    stopMeasuring();
    await Promise.all([pool.end(), healthPool.end()]);
  });

  const commandDependencies = { pool, metrics, hooks, now: clock.now, afterCommit: pokes.poke };
  const issueAs =
    (name: string): IssueCommand =>
    (orgId, type, body, more) =>
      issueCommand(commandDependencies, jobActor(name, orgId), type, body, { ...more, deskId: `job ${name}` });

  const close = makeCloser(app, patienceMs);
  try {
    await databaseClock.measure().catch((err: unknown) => log.warn({ err }, 'no time from the database'));
    // A database that is not migrated is served too: /health/ready says what is missing, and the job tries again.
    await extendShortHorizons(pool, clock.now()).catch((err: unknown) => log.warn({ err }, 'no horizon'));
    await refuseDemoBeyondLoopback(pool, host);
    await app.listen({ host, port });
    jobs = runJobs({ jobs: options.jobs ?? serverJobs, pool, clock, metrics, log, issueAs });
  } catch (error) {
    await close();
    throw error;
  }
  const address = app.server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { url: `http://${name}:${address.port}`, close };
}

/** Measures the database's clock once a minute: a failover may bring a database with another clock, and hosts sleep. */
function measureAgainAndAgain(clock: DatabaseClock, log: Logger): () => void {
  const timer = setInterval(() => {
    clock.measure().catch((err: unknown) => log.warn({ err }, 'no time from the database'));
  }, measureEveryMs).unref();
  return () => clearInterval(timer);
}

if (import.meta.main) {
  const { DATABASE_URL, HOST, PORT, LOG_LEVEL, TRUST_PROXY } = process.env;
  if (!DATABASE_URL) {
    process.stderr.write('Set DATABASE_URL to the database, with the role that the app uses.\n');
    process.exit(2);
  }
  const log = createLog(LOG_LEVEL === undefined ? {} : { level: LOG_LEVEL });
  const server = await startServer({
    databaseUrl: DATABASE_URL,
    host: HOST,
    port: PORT === undefined ? undefined : Number(PORT),
    trustProxy: TRUST_PROXY === 'true',
    log,
  });
  log.info({ url: server.url }, 'listening');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}
