import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import type { Logger } from 'pino';
import { Temporal } from 'temporal-polyfill';

import type { Pool } from '../../db/pg/pool.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { ServerClock } from './clock.ts';
import { TurnEnded, type IssueCommand, type Job, type JobTurn } from './job.ts';
import { nextTry, nextTurn } from './schedule.ts';

export interface JobsOptions {
  readonly jobs: readonly Job[];
  readonly pool: Pool;
  readonly clock: ServerClock;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Issues commands as the job of this name. */
  readonly issueAs: (name: string) => IssueCommand;
}

export interface RunningJobs {
  /** Begins no more turns, lets the batch that is under way end (10 s at most), and gives the turn back. */
  close(): Promise<void>;
}

/** How often a server looks for a turn that is due. */
const lookEveryMs = 60_000;
/** A turn belongs to a server for so long after it was last kept; then another server may take it over. */
const claimSeconds = 120;
const patienceMs = 10_000;

/**
 * Runs jobs, one after the other, each on one server at a time: the turn is a row in the database (docs/adr/0005). A turn
 * that fails is logged and tried again later; it stops neither the others nor the server.
 */
export function runJobs({ jobs, pool, clock, metrics, log, issueAs }: JobsOptions): RunningJobs {
  const closing = new AbortController();
  let cancel = () => {};
  let looking: Promise<void> = Promise.resolve();

  const claimEnd = () => Temporal.Instant.from(clock.now()).add({ seconds: claimSeconds }).toString();

  /** The failures in a row before this turn, or null where there is none for this server now. */
  async function claim(name: string, claimId: string): Promise<number | null> {
    const [row] = await pool<{ failures: number | null }[]>`
      select holdfast_api.claim_job(${name}, ${claimId}, ${clock.now()}, ${claimEnd()}) as failures`;
    return row?.failures ?? null;
  }

  function turnOf(name: string, claimId: string): JobTurn {
    return {
      pool,
      now: clock.now,
      issue: issueAs(name),
      async goOn() {
        if (closing.signal.aborted) throw new TurnEnded();
        const [row] = await pool<{ kept: boolean }[]>`
          select holdfast_api.keep_job(${name}, ${claimId}, ${claimEnd()}) as kept`;
        if (row?.kept !== true) throw new TurnEnded();
      },
    };
  }

  async function finish(name: string, claimId: string, dueAt: string, failures: number, done: boolean): Promise<void> {
    await pool`select holdfast_api.finish_job(
      ${name}, ${claimId}, ${dueAt}, ${failures}::integer, ${done ? clock.now() : null}::timestamptz)`;
  }

  async function take(job: Job): Promise<void> {
    const { name } = job;
    const claimId = randomUUID();
    const failures = await claim(name, claimId);
    if (failures === null) return;
    const begun = performance.now();
    try {
      await job.run(turnOf(name, claimId));
      await finish(name, claimId, nextTurn(job, clock.now()), 0, true);
      metrics.jobRan(name, (performance.now() - begun) / 1000, Temporal.Instant.from(clock.now()).epochMilliseconds);
    } catch (error) {
      // A turn that another server has by now is that server's to finish: this changes nothing there.
      if (error instanceof TurnEnded) return finish(name, claimId, clock.now(), failures, false);
      metrics.jobFailed(name, (performance.now() - begun) / 1000);
      log.warn({ err: error, job: name }, 'a job failed, and will be tried again');
      await finish(name, claimId, nextTry(failures + 1, clock.now()), failures + 1, false);
    }
  }

  async function look(): Promise<void> {
    for (const job of jobs) {
      if (closing.signal.aborted) return;
      // The database is away, for the claim or for the end of a turn: the next look tries again, and the claim ends by itself.
      await take(job).catch((error: unknown) =>
        log.warn({ err: error, job: job.name }, 'a job could not be looked at'),
      );
    }
    if (!closing.signal.aborted) cancel = clock.after(lookEveryMs, begin);
  }

  function begin(): void {
    looking = look();
  }

  async function close(): Promise<void> {
    closing.abort();
    cancel();
    const patience = new AbortController();
    await Promise.race([looking, delay(patienceMs, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
  }

  cancel = clock.after(0, begin);
  let closed: Promise<void> | undefined;
  return { close: () => (closed ??= close()) };
}
