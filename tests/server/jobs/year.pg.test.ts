import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';

import { horizonDays } from '../../../core/domain/roster/horizon.ts';
import { commandsKeptDays } from '../../../core/domain/sync/command-age.ts';
import { changesKeptDays, sessionsKeptDays } from '../../../core/domain/sync/retention.ts';
import { quarterDuring, quarterOf } from '../../../core/domain/time/quarter.ts';
import { addDays, dateAt } from '../../../core/domain/time/zoned.ts';
import { hashToken, mintToken } from '../../../server/sessions/tokens.ts';
import { insertRaw } from '../../builders/appointment-row.ts';
import { bookCommand } from '../../builders/commands.ts';
import { findInconsistencies } from '../../builders/inconsistencies.ts';
import { makeManualClock } from '../../builders/manual-clock.ts';
import { requireProblem, request, withServers } from '../../builders/server.ts';

/**
 * A server that stays up for a year. Its clock is given, and so is its jobs' time. PostgreSQL's own clock does not move: in
 * its place the owner makes every stored time a day older, each day, because PostgreSQL measures ages by the times that it
 * wrote itself. Slots and visits keep their times: those are the calendar's, and follow the server's clock.
 *
 * Above ten seconds, because each of 365 days has a booking, a look of every job, and the shift of all stored times.
 */
const startsAt = '2031-03-02T01:00:00Z';
const days = 365;
const daysBetweenSignIns = 5;
const { admin, clinic, users, start, signIn } = await withServers({
  providers: 1,
  rooms: 1,
  equipment: 0,
  timeZone: 'UTC',
  opensAt: quarterOf('2031-03-02T00:00:00Z'),
});

async function addShifts(): Promise<void> {
  for (const resourceId of [...clinic.providers, ...clinic.rooms]) {
    for (let weekday = 1; weekday <= 7; weekday++) {
      await insertRaw(admin, 'shifts', {
        org_id: clinic.orgId,
        shift_id: uuidv7(),
        resource_id: resourceId,
        site_id: clinic.siteId,
        weekday,
        starts_at_local: '12:00',
        ends_at_local: '15:00',
        valid_from: '2031-01-01',
      });
    }
  }
}

/** One day goes by for everything whose age PostgreSQL measures. */
const ageByADay = () =>
  admin.begin(async (tx) => {
    await tx`update commands set decided_at = decided_at - interval '1 day'`;
    await tx`update sessions set created_at = created_at - interval '1 day', expires_at = expires_at - interval '1 day',
      ended_at = ended_at - interval '1 day'`;
    await tx`update feed_marks set marked_at = marked_at - interval '1 day'`;
  });

const tables = ['changes', 'commands', 'sessions', 'marks'] as const;

/** How many rows there are, and the last day on which every resource can be booked. */
async function look(): Promise<Record<(typeof tables)[number], number> & { lastDay: string }> {
  const [row] = await admin<[Record<(typeof tables)[number], number> & { lastDay: string }]>`
    select (select count(*) from changes)::int as changes, (select count(*) from commands)::int as commands,
      (select count(*) from sessions)::int as sessions, (select count(*) from feed_marks)::int as marks,
      (select min(last)::date::text from resources r
        cross join lateral (select max(starts_at) from slots s
          where s.org_id = r.org_id and s.resource_id = r.resource_id) l (last)) as "lastDay"`;
  return row;
}

it('a server that stays up for a year always has bookable days ahead, and forgets what is old', async () => {
  await addShifts();
  const clock = makeManualClock(startsAt);
  const server = await start({ clock, jobs: undefined });
  await clock.advance(0);
  // A desk's token, because a session ends after twelve hours.
  const [token, deskId] = [mintToken(clinic.handle, 'desk'), uuidv7()];
  await insertRaw(admin, 'desks', {
    org_id: clinic.orgId,
    desk_id: deskId,
    name: 'Desk',
    token_hash: hashToken(token),
  });
  const post = (body: object) => request(server, 'POST', '/api/commands/book', { token, body });
  const today = () => dateAt(quarterDuring(clock.now()), 'UTC');
  const bookingOf = (date: string) => ({
    ...bookCommand(clinic, 0, { scheduledStart: `${date}T12:00:00Z` }),
    commandId: uuidv7({ msecs: Date.parse(clock.now()) }),
    madeAt: clock.now(),
    deskId,
    actorId: users.manager,
  });
  const most = { changes: 0, commands: 0, sessions: 0, marks: 0 };
  const refused: string[] = [];
  let first = bookingOf(today());

  for (let day = 0; day < days; day++) {
    // The last day but one of the horizon: whoever looks as far ahead as a clinic can finds a free time.
    const booking = bookingOf(addDays(today(), horizonDays - 2));
    if (day === 0) first = booking;
    const { status } = await post(booking);
    if (status !== 200) refused.push(`${today()}: ${status}`);
    if (day % daysBetweenSignIns === 0) await signIn(server, 'manager');
    await clock.advance(86_400_000);
    await ageByADay();
    const { lastDay, ...counts } = await look();
    for (const table of tables) most[table] = Math.max(most[table], counts[table]);
    expect(lastDay).toBe(addDays(today(), horizonDays - 1));
  }

  expect(refused).toEqual([]);
  // The jobs run once a day, so a row may be there for two days longer; and what is young stays.
  for (const [table, keptDays] of [
    ['changes', changesKeptDays],
    ['commands', commandsKeptDays],
    ['marks', changesKeptDays],
  ] as const) {
    expect(most[table], table).toBeLessThanOrEqual(keptDays + 3);
    expect(most[table], table).toBeGreaterThanOrEqual(keptDays);
  }
  expect(most.sessions).toBeLessThanOrEqual((sessionsKeptDays + 3) / daysBetweenSignIns + 1);

  // The first command was trimmed: sent again, with the id that nobody remembers, it is not done twice.
  expect(await admin`select from commands where command_id = ${first.commandId}`).toHaveLength(0);
  expect(requireProblem(await post(first), 'refused').data.reason).toBe('too-old');
  expect(await findInconsistencies(admin)).toEqual([]);
  expect(await admin`select from appointments`).toHaveLength(days);
  expect(await admin`select from appointment_events where action = 'book'`).toHaveLength(days);
  await server.close();
}, 300_000);
