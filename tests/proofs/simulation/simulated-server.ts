import type { listen } from '../../../db/pg/listen.ts';
import type { Pool, Query } from '../../../db/pg/pool.ts';
import { issueCommand } from '../../../server/api/issue-command.ts';
import { serveContract } from '../../../server/api/serve-contract.ts';
import { openFeed } from '../../../server/calendar/feed.ts';
import { openPokes } from '../../../server/calendar/pokes.ts';
import { openDeskRegister } from '../../../server/desks/desk-register.ts';
import { openApp } from '../../../server/http/open-app.ts';
import { jobActor } from '../../../server/jobs/job-actor.ts';
import { serverJobs } from '../../../server/jobs/list.ts';
import { runJobs } from '../../../server/jobs/run-jobs.ts';
import { openAttemptCounts } from '../../../server/limits/attempts.ts';
import { defaultLimits } from '../../../server/limits/limits.ts';
import { createLog } from '../../../server/observe/log.ts';
import { createMetrics } from '../../../server/observe/metrics.ts';
import { openSessionRegister } from '../../../server/sessions/session-register.ts';
import { heldPool, type Step } from '../model/held-pool.ts';
import type { Message, Received } from './messages.ts';
import type { Timeline } from './timeline.ts';

export interface ServerOptions {
  readonly timeline: Timeline;
  /** RFC 3339; when the timeline began. */
  readonly startsAt: string;
  readonly pool: Pool;
  readonly listen: typeof listen;
  /** How long a statement is held before it is let through. */
  readonly holds: (step: Step) => number;
  /** Whether the connection is lost: before a statement, or after a COMMIT. */
  readonly breaks: () => boolean;
  readonly note: (line: string) => void;
}

/** One life of a server. Everything in its memory ends with this life. */
export interface SimulatedServer {
  receive(message: Message, left: AbortSignal): Promise<Received>;
  /** Whether all its work is in PostgreSQL or on the timeline. Hashing a password at a sign-in happens outside both. */
  isStill(): boolean;
  /** Ends the server at once. Its open transactions are rolled back, and nobody gets an answer. */
  kill(): void;
  /** Lets the server die before or after its next COMMIT, and then calls `onDeath`. */
  killAtCommit(when: 'before' | 'after', onDeath: () => void): void;
}

const limits = { ...defaultLimits, strangerRequestsPerTenSeconds: 1_000_000, requestsPerTenSeconds: 1_000_000 };
const log = createLog({ level: 'silent' });

/** A server made of the same parts as in start-server.ts, but without a socket, and with statements held one at a time. */
export async function startSimulatedServer(options: ServerOptions): Promise<SimulatedServer> {
  const { timeline, listen: line, holds, breaks, note } = options;
  const { now } = timeline;
  const held = new Set<{ readonly cancel: () => void; readonly reject: (error: Error) => void }>();
  let isDead = false;
  let signIns = 0;
  let atCommit: { readonly when: 'before' | 'after'; readonly onDeath: () => void } | null = null;

  function dieIf(when: 'before' | 'after'): void {
    if (isDead || atCommit?.when !== when) return;
    const { onDeath } = atCommit;
    atCommit = null;
    onDeath();
  }

  function turn(step: Step): Promise<void> {
    // A dead server's connection is rolled back, even while its other end is still held.
    if (isDead) return step === 'rollback' ? Promise.resolve() : Promise.reject(killed());
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const isBroken = step !== 'rollback' && breaks();
    const holding = {
      reject,
      cancel: timeline.after(holds(step), () => {
        held.delete(holding);
        if (step === 'commit') dieIf('before');
        if (isDead) reject(killed());
        else if (isBroken) reject(connectionLost());
        else resolve();
      }),
    };
    held.add(holding);
    return promise;
  }
  const pause = (milliseconds: number) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    timeline.after(isDead ? 0 : milliseconds, resolve);
    return promise;
  };

  const ask: Query = (text, ...values) => options.pool(text, ...values);
  const lossy: Pool = Object.assign(ask, {
    end: () => options.pool.end(),
    async transaction<T>(mode: string, fn: (tx: Query) => Promise<T>): Promise<T> {
      const value = await options.pool.transaction(mode, fn);
      if (mode.includes('serializable')) dieIf('after');
      if (isDead) throw killed();
      if (breaks()) throw connectionLost();
      return value;
    },
  });
  const pool = heldPool(lossy, { turn, committed: () => {}, failed: (code) => note(`a transaction fails: ${code}`) });
  const metrics = createMetrics();
  const feed = openFeed({ pool, metrics, now });
  const pokes = await openPokes({ databaseUrl: '', metrics, log, onPoke: feed.touch, line, pause });
  const instant = () => new Date(startsAtMilliseconds + now()).toISOString();
  const app = openApp({ log, metrics, limits, trustProxy: false, now: instant });
  const attempts = openAttemptCounts(limits);
  // The pause before a repeated attempt is simulated time.
  const hooks = { pause: () => pause(5) };
  const sessions = openSessionRegister(pool, now);
  const desks = openDeskRegister(pool, now);
  const startsAtMilliseconds = Date.parse(options.startsAt);
  serveContract(app, { pool, metrics, sessions, desks, attempts, feed, pokes, hooks, now: instant }, limits);
  await app.ready();
  const clock = { now: instant, after: timeline.after };
  const commands = { pool, metrics, hooks, now: instant, afterCommit: pokes.poke };
  const jobs = runJobs({
    jobs: serverJobs,
    pool,
    clock,
    metrics,
    log,
    issueAs: (name) => (orgId, type, body, more) => issueCommand(commands, jobActor(name, orgId), type, body, more),
  });

  return {
    isStill: () => signIns === 0 || held.size > 0,
    async receive({ method, path, headers, body }, left) {
      const isSignIn = method === 'POST' && path === '/api/sessions';
      if (isSignIn) signIns++;
      const payload = body === '' ? {} : { payload: body };
      const request = { method, url: path, headers, ...payload, payloadAsStream: true } as const;
      try {
        const response = await app.inject(request);
        // An answer ends when its reader leaves. Work that is done by then stays done.
        const leave = () => response.raw.res.destroy();
        left.addEventListener('abort', leave, { once: true });
        if (left.aborted) leave();
        return { status: response.statusCode, headers: response.headers, stream: response.stream() };
      } finally {
        if (isSignIn) signIns--;
      }
    },
    killAtCommit(when, onDeath) {
      atCommit = { when, onDeath };
    },
    kill() {
      isDead = true;
      for (const { cancel, reject } of held) {
        cancel();
        reject(killed());
      }
      held.clear();
      void jobs.close();
      pokes.end();
      void pokes.close();
      void app.close();
    },
  };
}

const connectionLost = () => Object.assign(new Error('the connection is lost'), { code: 'ECONNRESET' });
const killed = () => new Error('the server was killed');
