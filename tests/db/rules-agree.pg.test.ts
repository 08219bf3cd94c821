import postgres from 'postgres';
import { afterAll, expect, it } from 'vitest';

import { maxBufferMinutes, maxVisitMinutes, undoSeconds } from '../../core/domain/bookings/limits.ts';
import { appointmentStatuses, holdsSlots } from '../../core/domain/statuses.ts';
import { minutesPerQuarter } from '../../core/domain/time/quarter.ts';
import { urgencies } from '../../core/domain/waitlist/order.ts';
import { withDatabase } from '../harness/postgres.ts';

// A CHECK or a trigger's WHEN clause takes no parameter, so some rules of core/domain stand in the database once more.
const database = await withDatabase();
const owner = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
afterAll(() => owner.end());

async function checkOf(constraint: string): Promise<string> {
  const [row] = await owner<{ definition: string }[]>`
    select pg_get_constraintdef(oid) as definition from pg_constraint where conname = ${constraint}`;
  if (!row) throw new Error(`there is no constraint ${constraint}`);
  return row.definition;
}

/** The text literals of a CHECK. */
const literalsOf = (definition: string) =>
  [...definition.matchAll(/'([^']+)'::text/g)].map(([, literal = '']) => literal);

it('the database admits the statuses of core/domain and no other', async () => {
  expect(new Set(literalsOf(await checkOf('appointments_status')))).toEqual(new Set(appointmentStatuses));
});

it('the database says of the same statuses that they keep their slots', async () => {
  const rows = await owner<{ status: string; holds: boolean }[]>`
    select s as status, holdfast.holds_slots(s) as holds from unnest(${[...appointmentStatuses]}::text[]) s`;
  expect(Object.fromEntries(rows.map(({ status, holds }) => [status, holds]))).toEqual(
    Object.fromEntries(appointmentStatuses.map((status) => [status, holdsSlots(status)])),
  );
});

it('the longest visit is as long in the database', async () => {
  const [row] = await owner<{ minutes: number }[]>`
    select (extract(epoch from (regexp_match(${await checkOf('appointments_window')}, '''([^'']+)''::interval'))[1]::interval) / 60)::integer
      as minutes`;
  expect(row?.minutes).toBe(maxVisitMinutes);
  expect(maxVisitMinutes % minutesPerQuarter).toBe(0);
});

it('the longest buffer is as long in the database', async () => {
  const [, most] = /VALUE <= (\d+)/.exec(await checkOf('buffer_minutes_check')) ?? [];
  expect(Number(most)).toBe(maxBufferMinutes);
  expect(maxBufferMinutes % minutesPerQuarter).toBe(0);
});

it('a waitlist entry is urgent in the same ways', async () => {
  expect(new Set(literalsOf(await checkOf('waitlist_entries_urgency_check')))).toEqual(new Set(urgencies));
});

it('a message to a patient waits at least as long as an undo may take', async () => {
  const [row] = await owner<{ seconds: number }[]>`
    select extract(epoch from (regexp_match(pg_get_expr(d.adbin, d.adrelid), '''([^'']+)''::interval'))[1]::interval)::integer as seconds
    from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
    where a.attrelid = 'holdfast.outgoing_messages'::regclass and a.attname = 'not_before'`;
  expect(row?.seconds).toBe(undoSeconds);
});
