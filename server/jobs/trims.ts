import { commandsKeptDays, forgettableBefore } from '../../core/domain/sync/command-age.ts';
import { changesKeptDays, deskPairingsKeptDays, sessionsKeptDays } from '../../core/domain/sync/retention.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { findOrganizations } from './find-organizations.ts';
import { defineJob, type JobTurn } from './job.ts';

/** Deleting so many rows takes a few milliseconds. The feed of every desk waits for the transaction in which they go. */
const maxBatch = 1_000;

/**
 * Runs a trim until it finds less than a batch. Each batch is a statement by itself and not a SERIALIZABLE transaction: no
 * decision depends on what it reads, doing it twice changes nothing, and it must never make a booking run again. Ages are
 * measured by PostgreSQL's clock, which wrote the times; only the times in ids are by the server's clock, which judged them.
 */
async function inBatches(turn: JobTurn, trim: () => Promise<readonly { trimmed: number }[]>): Promise<void> {
  for (;;) {
    await turn.goOn();
    const [row] = await trim();
    if ((row?.trimmed ?? 0) < maxBatch) return;
  }
}

async function inEachOrganization(
  turn: JobTurn,
  trim: (pool: Pool, orgId: string) => Promise<readonly { trimmed: number }[]>,
) {
  for (const orgId of await findOrganizations(turn.pool)) await inBatches(turn, () => trim(turn.pool, orgId));
}

/** Desks that were away for longer than the feed is kept read everything anew. */
export const trimChanges = defineJob({
  name: 'trim-changes',
  dailyAtUtc: '02:10',
  async run(turn) {
    await turn.pool`select holdfast_api.mark_feed(${changesKeptDays}::integer)`;
    await inEachOrganization(
      turn,
      (pool, orgId) => pool`
        select holdfast_api.trim_changes(${orgId}, ${changesKeptDays}::integer, ${maxBatch}::integer) as trimmed`,
    );
  },
});

/** Commands go when they are too old to be sent once more: core/domain/sync/command-age.ts. */
export const trimCommands = defineJob({
  name: 'trim-commands',
  dailyAtUtc: '02:20',
  run: (turn) =>
    inEachOrganization(
      turn,
      (pool, orgId) => pool`
        select holdfast_api.trim_commands(
          ${orgId}, ${commandsKeptDays}::integer, ${forgettableBefore(turn.now())}, ${maxBatch}::integer) as trimmed`,
    ),
});

export const trimSessions = defineJob({
  name: 'trim-sessions',
  dailyAtUtc: '02:30',
  async run(turn) {
    const { pool } = turn;
    await inBatches(
      turn,
      () => pool`select holdfast_api.trim_sessions(${sessionsKeptDays}::integer, ${maxBatch}::integer) as trimmed`,
    );
    await inBatches(
      turn,
      () => pool`
        select holdfast_api.trim_desk_pairings(${deskPairingsKeptDays}::integer, ${maxBatch}::integer) as trimmed`,
    );
  },
});
