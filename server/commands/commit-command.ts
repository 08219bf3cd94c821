import pg from 'pg';

import { ok, refused, type Result } from '../../core/domain/terms.ts';
import type { Transaction } from '../../db/pg/pool.ts';
import { Overtaken, withSerializable, type SerializableOptions } from '../../db/pg/with-serializable.ts';
import type { CommandContext } from './context.ts';
import type { NoVerdict, Verdict } from './verdict.ts';

/** Why a call refuses a visit's time as of the instant at which the command is judged: the messages of HF007. */
const refusedTimes = ['in-the-past', 'not-today', 'not-begun'] as const;
export type RefusedTime = (typeof refusedTimes)[number];

/** Why a call wrote nothing. */
export type NotCommitted =
  | NoVerdict
  | RefusedTime
  | 'slot-lost'
  | 'patient-busy'
  | 'stale-version'
  | 'status-conflict'
  | 'not-found';

/** Keys whose violation says that an id was used before: desks mint ids, and each must be new. A visit's event comes first. */
const keysOfIds: readonly (string | undefined)[] = [
  'appointments_pkey',
  'appointment_events_pkey',
  'patients_pkey',
  'waitlist_entries_pkey',
];

function reasonOf(error: pg.DatabaseError): NotCommitted | null {
  switch (error.code) {
    case 'HF001':
      return 'slot-lost';
    case 'HF002':
      return 'stale-version';
    case 'HF003':
      return 'status-conflict';
    case 'HF004':
      return 'command-reused';
    case 'HF006':
    case '23503':
      return 'not-found';
    case 'HF007':
      return refusedTimes.find((time) => time === error.message) ?? null;
    case '23505':
      if (error.constraint === 'patient_claims_one_visit_at_a_time') return 'patient-busy';
      return keysOfIds.includes(error.constraint) ? 'id-taken' : null;
    default:
      return null;
  }
}

/**
 * Makes one of the calls by which a command writes; the call in the database is the judge. Returns the verdict that now stands
 * under the command's id, or why nothing was written. Throws `Busy` when all attempts are spent, and bugs.
 */
export async function commitCommand(
  { pool, hooks }: Pick<CommandContext, 'pool' | 'hooks'>,
  call: (tx: Transaction) => Promise<readonly { verdict: Verdict }[]>,
  options?: SerializableOptions,
): Promise<Result<Verdict, NotCommitted>> {
  try {
    const [row] = await withSerializable(pool, call, hooks, options);
    if (!row) throw new Error('the call returned no row');
    return ok(row.verdict);
  } catch (error) {
    if (error instanceof Overtaken) return refused('slot-lost');
    const reason = error instanceof pg.DatabaseError ? reasonOf(error) : null;
    if (!reason) throw error;
    return refused(reason);
  }
}
