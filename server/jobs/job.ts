import type { Command, CommandType } from '../../core/commands/list.ts';
import type { Outcome } from '../../core/commands/outcome.ts';
import type { Problem } from '../../core/contract/problem.ts';
import type { Result } from '../../core/domain/terms.ts';
import type { Pool } from '../../db/pg/pool.ts';

/** Issues a command in an organization; the audit trail names the job. The same id is never done twice. */
export type IssueCommand = <T extends CommandType>(
  orgId: string,
  type: T,
  body: Command<T>['body'],
  options?: { readonly commandId?: string | undefined; readonly precondition?: unknown },
) => Promise<Result<Outcome, Problem>>;

/** What one turn of a job works with. */
export interface JobTurn {
  readonly pool: Pool;
  /** RFC 3339, by the server's clock. */
  now(): string;
  /**
   * Asked between two batches: keeps the turn for this server. Throws {@link TurnEnded} where another server took the turn
   * over, or this one is closing.
   */
  goOn(): Promise<void>;
  readonly issue: IssueCommand;
}

/** The turn ends before its work is done: another server has it, or the next turn goes on. */
export class TurnEnded extends Error {
  constructor() {
    super('the turn ended before the work was done');
    this.name = 'TurnEnded';
  }
}

/** Every so many minutes, or every day at a time of UTC (`02:30`). */
export type Schedule = { readonly everyMinutes: number } | { readonly dailyAtUtc: string };

export type Job = Schedule & {
  /** Stands in the database, in metrics and in logs: lower case, with hyphens. */
  readonly name: string;
  /**
   * Does the work that is due, in batches, each a short transaction. It may run on two servers at once where one of them
   * hangs for longer than its claim, so doing something twice must change nothing.
   */
  run(turn: JobTurn): Promise<void>;
};

/** Defines a job of the server. Throws on a name or a time that is none. */
export function defineJob(job: Job): Job {
  if (!/^[a-z]+(?:-[a-z]+)*$/.test(job.name)) throw new Error(`${job.name} is no name for a job`);
  if ('dailyAtUtc' in job && !/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(job.dailyAtUtc)) {
    throw new Error(`${job.dailyAtUtc} is no time of day`);
  }
  return job;
}
