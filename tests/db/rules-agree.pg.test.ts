import postgres from 'postgres';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { cancelReasons, cancellers } from '../../core/domain/bookings/cancel-reasons.ts';
import { maxBufferMinutes, maxVisitMinutes, undoSeconds } from '../../core/domain/bookings/limits.ts';
import { channels } from '../../core/domain/people/channels.ts';
import { appointmentStatuses, holdsSlots } from '../../core/domain/statuses.ts';
import { claimedAtOf, judgedAt } from '../../core/domain/sync/judged-at.ts';
import { minutesPerQuarter } from '../../core/domain/time/quarter.ts';
import { urgencies } from '../../core/domain/waitlist/order.ts';
import { holdDatabaseClock } from '../builders/database-clock.ts';
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
  expect(new Set(literalsOf(await checkOf('appointment_status_check')))).toEqual(new Set(appointmentStatuses));
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

it('a command comes by the same channels', async () => {
  expect(literalsOf(await checkOf('channel_check'))).toEqual([...channels]);
});

it('a cancellation has the same reasons, and the same people ask for it', async () => {
  expect(literalsOf(await checkOf('cancel_reason_check'))).toEqual([...cancelReasons]);
  expect(literalsOf(await checkOf('canceller_check'))).toEqual([...cancellers]);
});

describe('the instant as of which a command is judged', () => {
  const noon = '2031-03-10T12:00:00Z';
  const day = 86_400_000;
  /** By how many milliseconds a desk's claim lies after the database's clock. Fractions are microseconds. */
  const claims = [
    -365 * day,
    -8 * day,
    -7 * day - 1,
    -7 * day - 0.001,
    -7 * day,
    -7 * day + 0.001,
    -7 * day + 1,
    -day,
    -1,
    -0.001,
    0,
    0.001,
    1,
    day,
    8 * day,
  ];
  const instantAfter = (milliseconds: number) =>
    Temporal.Instant.from(noon)
      .add({ microseconds: Math.round(milliseconds * 1_000) })
      .toString();
  const finerThanClocks = [
    '2031-03-10T12:00:00.0000004Z',
    '2031-03-03T11:59:59.9999996Z',
    '2031-03-03T12:00:00.0000000001Z',
  ];

  beforeAll(async () => {
    await holdDatabaseClock(owner, Date.parse(noon));
  });

  it.each([...claims.map(instantAfter), ...finerThanClocks].map((madeAt) => claimedAtOf(madeAt, 0)))(
    'is the same for a claim of %s',
    async (claimedAt) => {
      const [row] = await owner<{ judged: string }[]>`
        select to_char(holdfast.judged_at(${claimedAt}::text::timestamptz)
          at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as judged`;
      expect(Temporal.Instant.from(row?.judged ?? '').toString()).toBe(judgedAt(claimedAt, noon));
    },
  );

  it('is the database’s clock for a command without a claim', async () => {
    const [row] = await owner<{ is_now: boolean }[]>`
      select holdfast.judged_at(null) = ${noon}::timestamptz as is_now`;
    expect(row?.is_now).toBe(true);
    expect(judgedAt(null, noon)).toBe(noon);
  });
});
