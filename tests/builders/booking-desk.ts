import postgres from 'postgres';
import { afterAll, afterEach, expect } from 'vitest';

import type { Appointment } from '../../core/calendar/appointment.ts';
import type { Command, CommandType } from '../../core/commands/list.ts';
import type { Outcome } from '../../core/commands/outcome.ts';
import type { Problem } from '../../core/contract/problem.ts';
import type { Permission } from '../../core/domain/people/permissions.ts';
import type { Result } from '../../core/domain/terms.ts';
import { instantOf } from '../../core/domain/time/quarter.ts';
import type { ProblemCode } from '../../core/primitives/problem-codes.ts';
import { openPool } from '../../db/pg/pool.ts';
import type { SerializableHooks } from '../../db/pg/with-serializable.ts';
import { handleCommand } from '../../server/api/handle-command.ts';
import { withDatabase } from '../harness/postgres.ts';
import { makeClinic } from './clinic.ts';
import { actorOf } from './commands.ts';
import { holdDatabaseClock } from './database-clock.ts';
import { findInconsistencies } from './inconsistencies.ts';

/** Before the clinics of the tests open, and when the tests mint their commands: the server refuses what is too old. */
export const now = new Date().toISOString();

/**
 * A database with one clinic, and `send`, which handles a command as the server's edge does. The database's clock stands at the
 * clinic's opening, so that its first day is today. After each test every promise of the calendar is checked.
 */
export async function withBookingDesk(options: Parameters<typeof makeClinic>[1] = {}) {
  const database = await withDatabase();
  const admin = postgres(database.adminDatabaseUrl, { max: 3, onnotice: () => {} });
  /** The superuser sees what every session does. The owner sees its own sessions alone. */
  const superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
  const pool = openPool(database.databaseUrl, { max: 12 });
  const clinic = await makeClinic(admin, options);
  await holdDatabaseClock(admin, Date.parse(instantOf(clinic.opensAt)));
  afterEach(async () => expect(await findInconsistencies(admin)).toEqual([]));
  afterAll(async () => {
    await admin.end();
    await superuser.end();
    await pool.end();
  });
  return {
    admin,
    superuser,
    pool,
    clinic,
    database,
    send<T extends CommandType>(
      type: T,
      command: Command<T>,
      hooks: SerializableHooks = {},
      permissions: readonly Permission[] = actorOf(clinic).permissions,
    ): Promise<Result<Outcome, Problem>> {
      return handleCommand({ pool, hooks, now: () => now }, { ...actorOf(clinic), permissions }, type, command);
    },
  };
}

/** Returns the appointment of an accepted command. Fails the test on a refusal. */
export function requireDone(result: Result<Outcome, Problem>): Appointment {
  if (!result.ok) throw new Error(`refused: ${result.error.code} ${JSON.stringify(result.error.data)}`);
  if (!result.value.appointment) throw new Error('the command changed no appointment');
  return result.value.appointment;
}

/** Returns the problem of a refused command. Fails the test when the code is another. */
export function requireRefused<C extends ProblemCode>(
  result: Result<Outcome, Problem>,
  code: C,
): Extract<Problem, { code: C }> {
  if (result.ok) throw new Error('accepted, but a refusal was due');
  expect(result.error.code).toBe(code);
  return result.error as Extract<Problem, { code: C }>;
}
