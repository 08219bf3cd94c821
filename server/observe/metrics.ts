import { Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { CommandType } from '../../core/commands/list.ts';
import type { ProblemCode } from '../../core/primitives/problem-codes.ts';

/** The result of a command: `done`, or the code of its problem. */
export type CommandResult = 'done' | ProblemCode;

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * The counts of one server, in a registry of its own, so that several servers in one process do not add to each other's
 * counts. Labels come from closed sets (types, codes, route patterns); an id or a name never becomes a label.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];

  const commands = new Counter({
    name: 'holdfast_commands_total',
    help: 'Commands decided, by type and result (done, or the problem code)',
    labelNames: ['type', 'result'],
    registers,
  });
  const bookings = new Counter({ name: 'holdfast_bookings_total', help: 'Visits booked', registers });
  const conflicts = new Counter({
    name: 'holdfast_conflicts_total',
    help: 'Commands refused with 409, by kind',
    labelNames: ['kind'],
    registers,
  });
  const retries = new Counter({
    name: 'holdfast_transaction_retries_total',
    help: 'Transactions run again, by SQLSTATE',
    labelNames: ['code'],
    registers,
  });
  const busy = new Counter({
    name: 'holdfast_busy_total',
    help: 'Commands answered 503 because their retries were exhausted',
    registers,
  });
  const commandSeconds = new Histogram({
    name: 'holdfast_command_duration_seconds',
    help: 'From the parsed command to its decision, retries included',
    labelNames: ['type'],
    buckets: secondsBuckets,
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'holdfast_request_duration_seconds',
    help: 'HTTP requests by method, route pattern and status; event streams are left out',
    labelNames: ['method', 'route', 'status'],
    buckets: secondsBuckets,
    registers,
  });
  const withheld = new Counter({
    name: 'holdfast_feed_withheld_total',
    help: 'Pulls of the change feed that had to leave rows behind an open transaction',
    registers,
  });
  const feedLag = new Gauge({
    name: 'holdfast_feed_withheld_transactions',
    help: 'How many transaction ids the last pull of the feed stayed behind, 0 when it gave everything',
    registers,
  });
  const feedQueries = new Counter({
    name: 'holdfast_feed_queries_total',
    help: 'Queries of the change feed; those who pull at once share one',
    registers,
  });
  const streams = new Gauge({ name: 'holdfast_poke_streams', help: 'Event streams open on this server', registers });
  const pokes = new Counter({
    name: 'holdfast_pokes_total',
    help: 'Pokes by way: sent to the database, received from it',
    labelNames: ['way'],
    registers,
  });
  const jobRuns = new Counter({
    name: 'holdfast_job_runs_total',
    help: 'Turns of jobs that ran on this server, by job and result (done or failed)',
    labelNames: ['job', 'result'],
    registers,
  });
  const jobSeconds = new Histogram({
    name: 'holdfast_job_duration_seconds',
    help: 'How long the turn of a job took, by job',
    labelNames: ['job'],
    buckets: [...secondsBuckets, 60, 600],
    registers,
  });
  const jobSuccess = new Gauge({
    name: 'holdfast_job_last_success_timestamp_seconds',
    help: 'When a job was last done on this server, by job',
    labelNames: ['job'],
    registers,
  });

  return {
    registry,
    /** `result` is `done` or the code of the problem; `seconds` from the parsed command to its decision. */
    commandDecided(type: CommandType, result: CommandResult, seconds?: number): void {
      commands.inc({ type, result });
      if (seconds !== undefined) commandSeconds.observe({ type }, seconds);
      if (type === 'book' && result === 'done') bookings.inc();
      if (result === 'conflict' || result === 'stale-version' || result === 'status-conflict') {
        conflicts.inc({ kind: result });
      }
      if (result === 'busy') busy.inc();
    },
    /** A transaction runs again after this SQLSTATE. */
    retried(code: string): void {
      retries.inc({ code });
    },
    requestAnswered(method: string, route: string, status: number, seconds: number): void {
      requestSeconds.observe({ method, route, status: String(status) }, seconds);
    },
    feedPulled(transactionsBehind: number): void {
      feedLag.set(transactionsBehind);
      if (transactionsBehind > 0) withheld.inc();
    },
    feedQueried(): void {
      feedQueries.inc();
    },
    streamsOpen(count: number): void {
      streams.set(count);
    },
    poked(way: 'sent' | 'received'): void {
      pokes.inc({ way });
    },
    jobRan(job: string, seconds: number, atMilliseconds: number): void {
      jobRuns.inc({ job, result: 'done' });
      jobSeconds.observe({ job }, seconds);
      jobSuccess.set({ job }, atMilliseconds / 1000);
    },
    jobFailed(job: string, seconds: number): void {
      jobRuns.inc({ job, result: 'failed' });
      jobSeconds.observe({ job }, seconds);
    },
  };
}
