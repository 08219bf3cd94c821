import { Temporal } from 'temporal-polyfill';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Command, CommandType } from '../../../core/commands/list.ts';
import type { Outcome } from '../../../core/commands/outcome.ts';
import type { PairedDesk } from '../../../core/contract/pairing.ts';
import type { Placement } from '../../../core/domain/bookings/facts.ts';
import { personActor } from '../../../core/domain/people/actors.ts';
import { permissions } from '../../../core/domain/people/permissions.ts';
import { instantOf, quarterDuring } from '../../../core/domain/time/quarter.ts';
import { maxClockOffsetMilliseconds } from '../../../core/primitives/envelope.ts';
import { openPool } from '../../../db/pg/pool.ts';
import { bookCall, moveCall } from '../../../server/bookings/calls.ts';
import { envelopeOf } from '../../../server/commands/envelope.ts';
import { makePairingCode } from '../../../server/desks/invite-desk.ts';
import { aboutCommand, bookCommand, moveCommand } from '../../builders/commands.ts';
import { holdDatabaseClock } from '../../builders/database-clock.ts';
import { findInconsistencies } from '../../builders/inconsistencies.ts';
import { requireProblem, request, withServers } from '../../builders/server.ts';
import { zoneAtNoon } from '../../builders/zone-at-noon.ts';

const hour = 3_600_000;
const day = 24 * hour;
const quarterMs = 900_000;

// Near the present, because the time of recording is always the present. It lies on a quarter, half a minute after it.
const now = Date.parse(instantOf(quarterDuring(new Date().toISOString()))) + 30_000;
const today = quarterDuring(new Date(now).toISOString());
const daysBefore = 10;

const { admin, clinic, users, start, signIn, database } = await withServers({
  opensAt: today - daysBefore * 96,
  days: 2 * daysBefore,
  timeZone: zoneAtNoon(),
});
await holdDatabaseClock(admin, now);
const server = await start();
const pool = openPool(database.databaseUrl, { max: 2 });
afterAll(() => pool.end());
const person = await signIn(server, 'receptionist');
const paired = await (async () => {
  const { code } = await makePairingCode({ adminDatabaseUrl: database.adminDatabaseUrl, orgId: clinic.orgId });
  const deskId = uuidv7();
  const answer = await request(server, 'POST', '/api/desks', { body: { code, deskId, name: 'Front desk' } });
  return { deskId, token: (answer.body as PairedDesk).deskToken };
})();

interface Arriving {
  /** When the desk says that the command was made, in milliseconds after the database's clock. */
  readonly madeAfter: number;
  readonly offset?: number;
  /** A paired desk's own token, else the session of a person. */
  readonly as?: 'desk' | 'person';
}

/** Sends a command as made at that time. */
function send(type: string, command: object, { madeAfter, offset, as = 'desk' }: Arriving) {
  const madeAt = new Date(now + madeAfter).toISOString();
  const body = {
    ...command,
    actorId: users.receptionist,
    deskId: paired.deskId,
    madeAt,
    ...(offset === undefined ? {} : { clockOffsetMilliseconds: offset }),
  };
  return request(server, 'POST', `/api/commands/${type}`, { token: as === 'desk' ? paired.token : person, body });
}

/** Books this many milliseconds after the database's clock. Each visit has a patient and a provider to itself. */
let taken = 0;
const bookingAt = (after: number) =>
  bookCommand(clinic, Math.floor((now + after) / quarterMs) - clinic.opensAt, {
    providerId: clinic.providers[taken % 2] ?? '',
    patientId: clinic.patients[taken++ % 4] ?? '',
    serviceId: clinic.services.plain,
  });

const eventsOf = async (commandId: string) =>
  admin<{ occurred: number; lag: number; channel: string }[]>`
    select (extract(epoch from occurred_at) * 1000)::float8 as occurred,
      extract(epoch from recorded_at - occurred_at)::float8 as lag, channel
    from appointment_events where command_id = ${commandId}`;

/** When the command took effect, in milliseconds after the database's clock. */
async function occurredAfter(commandId: string): Promise<number> {
  const [event] = await eventsOf(commandId);
  return (event?.occurred ?? Number.NaN) - now;
}

describe('a booking that arrives after its visit', () => {
  // Claims reach back to where each visit was ahead, at a stretch of the calendar of its own.
  it.each([
    ['that a paired desk made an hour before', -6 * hour, { madeAfter: -7 * hour }],
    ['that a paired desk made almost seven days ago', -7 * day + 2 * hour, { madeAfter: -7 * day + hour }],
    [
      'that a desk made whose clock is two days ahead',
      -10 * hour,
      { madeAfter: 2 * day - 11 * hour, offset: -2 * day },
    ],
    [
      'that a desk made whose clock is two days behind',
      -14 * hour,
      { madeAfter: -2 * day - 15 * hour, offset: 2 * day },
    ],
    ['that a paired desk made during the visit', -18 * hour, { madeAfter: -18 * hour + quarterMs }],
  ] as const)('%s is done', async (_, visitAfter, arriving) => {
    const command = bookingAt(visitAfter);
    expect((await send('book', command, arriving)).status).toBe(200);
    const occurred = arriving.madeAfter + ('offset' in arriving ? arriving.offset : 0);
    expect(await occurredAfter(command.commandId)).toBe(occurred);
    const [event] = await eventsOf(command.commandId);
    expect(event).toMatchObject({ channel: 'desk' });
    expect(event?.lag).toBeGreaterThan(-occurred / 1_000 - 60);
  });

  it.each([
    ['that a person’s session sends', -6 * hour, { madeAfter: -7 * hour, as: 'person' }],
    ['that a session sends with an offset', -6 * hour, { madeAfter: 0, offset: -7 * hour, as: 'person' }],
    ['that a desk claims for eight days ago', -7 * day - 12 * hour, { madeAfter: -8 * day }],
    ['that a desk’s offset puts eight days back', -7 * day - 12 * hour, { madeAfter: 0, offset: -8 * day }],
    ['that a desk claims for tomorrow', -6 * hour, { madeAfter: day }],
    [
      'that a desk’s offset puts a hundred years ahead',
      -6 * hour,
      { madeAfter: 0, offset: maxClockOffsetMilliseconds },
    ],
    [
      'that a desk’s offset puts a hundred years back',
      -6 * hour,
      { madeAfter: 0, offset: -maxClockOffsetMilliseconds },
    ],
    ['that a desk made after the visit', -20 * hour, { madeAfter: -19 * hour }],
    ['that comes as it was made', -6 * hour, { madeAfter: 0 }],
  ] as const)('%s is refused', async (_, visitAfter, arriving) => {
    const command = bookingAt(visitAfter);
    expect(requireProblem(await send('book', command, arriving), 'refused').data.reason).toBe('in-the-past');
    // Decided once: the refusal stands, whatever the same command claims later.
    const again = await send('book', command, { madeAfter: visitAfter - hour });
    expect(requireProblem(again, 'refused').data.reason).toBe('in-the-past');
  });
});

// The server decides from facts before it calls. Here the calls come without that look, as from a server that is mistaken.
describe('the call judges by itself', () => {
  const actor = personActor({ orgId: clinic.orgId, userId: users.receptionist, permissions });
  const contextOf = <T extends CommandType>(type: T, command: Command<T>, claimedAfter: number | null) => ({
    pool,
    actor,
    envelope: envelopeOf(type, command, actor, {
      channel: 'desk',
      claimedAt: claimedAfter === null ? null : new Date(now + claimedAfter).toISOString(),
    }),
  });
  const placementAt = (after: number, appointmentId: string): Placement => {
    const first = Math.floor((now + after) / quarterMs);
    return {
      appointmentId,
      siteId: clinic.siteId,
      patientId: clinic.patients[0] ?? '',
      serviceId: clinic.services.plain,
      providerId: clinic.providers[0] ?? '',
      roomId: null,
      equipmentId: null,
      start: first,
      end: first + 2,
      bufferBeforeQuarters: 0,
      bufferAfterQuarters: 0,
      patientMayOverlap: false,
    };
  };
  const visitAfter = -54 * hour;
  /** The visit takes half an hour from its quarter on. */
  const endsAfter = (Math.floor((now + visitAfter) / quarterMs) + 2) * quarterMs - now;
  const claims = [
    ['without a claim', null, false],
    ['claimed for eight days ago', -8 * day, false],
    ['claimed for the future', hour, false],
    ['claimed for the end of the visit', endsAfter, false],
    ['claimed for a millisecond before', endsAfter - 1, true],
    ['claimed for an hour before', visitAfter - hour, true],
  ] as const;

  it.each(claims)('a booking %s', async (_, claimedAfter, isDone) => {
    const command = bookingAt(visitAfter);
    const placement = placementAt(visitAfter, command.body.appointmentId);
    const committed = await bookCall(contextOf('book', command, claimedAfter), placement);
    expect(committed.ok ? committed.value.kind : committed.error).toBe(isDone ? 'done' : 'in-the-past');
    if (isDone)
      await admin`update appointments set status = 'cancelled', version = 2 where appointment_id = ${placement.appointmentId}`;
  });

  it.each(claims)('a move %s', async (_, claimedAfter, isDone) => {
    const ahead = bookingAt(3 * day);
    const { appointmentId } = ahead.body;
    expect((await bookCall(contextOf('book', ahead, null), placementAt(3 * day, appointmentId))).ok).toBe(true);
    const command = moveCommand(clinic, 1, { appointmentId });
    const committed = await moveCall(
      contextOf('move', command, claimedAfter),
      placementAt(visitAfter, appointmentId),
      1,
    );
    expect(committed.ok ? committed.value.kind : committed.error).toBe(isDone ? 'done' : 'in-the-past');
    await admin`update appointments set status = 'cancelled', version = version + 1 where appointment_id = ${appointmentId}`;
  });
});

describe('what happens to a visit that is there', () => {
  let visitId: string;
  let visitOfToday: string;
  beforeAll(async () => {
    const [command, soon] = [bookingAt(2 * day), bookingAt(2 * hour)];
    await send('book', command, { madeAfter: 0 });
    await send('book', soon, { madeAfter: 0 });
    visitId = command.body.appointmentId;
    visitOfToday = soon.body.appointmentId;
  });
  const versionOf = async () =>
    (await admin<{ version: number }[]>`select version from appointments where appointment_id = ${visitId}`)[0]
      ?.version ?? 0;
  const placeAt = (after: number) => instantOf(Math.floor((now + after) / quarterMs));

  it('a move to a time that is over is refused now, and done as of when it was ahead', async () => {
    const move = async () =>
      moveCommand(clinic, await versionOf(), { appointmentId: visitId, scheduledStart: placeAt(-30 * hour) });
    for (const arriving of [
      { madeAfter: 0 },
      { madeAfter: -31 * hour, as: 'person' },
      { madeAfter: -29 * hour },
      { madeAfter: -8 * day },
      { madeAfter: day },
    ] as const) {
      const answer = await send('move', await move(), arriving);
      expect(requireProblem(answer, 'refused').data.reason).toBe('in-the-past');
    }
    const command = await move();
    expect((await send('move', command, { madeAfter: -31 * hour })).status).toBe(200);
    expect(await occurredAfter(command.commandId)).toBe(-31 * hour);
  });

  it.each([
    ['a paired desk’s word', { madeAfter: -5 * hour }, -5 * hour],
    ['a paired desk’s word, corrected', { madeAfter: -2 * hour, offset: -3 * hour }, -5 * hour],
    ['now, for a session', { madeAfter: -5 * hour, as: 'person' }, 0],
    ['now, for a claim of eight days ago', { madeAfter: -8 * day }, 0],
    ['now, for a claim of the future', { madeAfter: hour }, 0],
    ['now, for an offset into the future', { madeAfter: 0, offset: 1 }, 0],
  ] as const)('a patient arrived by %s', async (_, arriving, arrivedAfter) => {
    const checkIn = aboutCommand(clinic, visitOfToday);
    const answer = await send('check-in', checkIn, arriving);
    const { appointment } = answer.body as Outcome;
    expect(Temporal.Instant.from(appointment?.arrivedAt ?? '').epochMilliseconds).toBe(
      Math.floor((now + arrivedAfter) / 1_000) * 1_000,
    );
    expect(await occurredAfter(checkIn.commandId)).toBe(arrivedAfter);
    expect((await send('un-arrive', aboutCommand(clinic, visitOfToday), { madeAfter: 0 })).status).toBe(200);
  });
});

describe('an offset that no clock has', () => {
  it.each([
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    maxClockOffsetMilliseconds + 1,
    -maxClockOffsetMilliseconds - 1,
    0.5,
    1e300,
  ])('of %d milliseconds is no well-formed command', async (offset) => {
    requireProblem(await send('book', bookingAt(day), { madeAfter: 0, offset }), 'invalid-input');
  });
});

it('a command is read whose madeAt has more digits than a clock, and whose desk has an offset', async () => {
  const command = aboutCommand(clinic, uuidv7());
  const madeAt = `${new Date(now - hour).toISOString().replace('Z', '')}123456789Z`;
  const body = { ...command, actorId: users.receptionist, deskId: paired.deskId, madeAt, clockOffsetMilliseconds: 1 };
  requireProblem(await request(server, 'POST', '/api/commands/check-in', { token: paired.token, body }), 'not-found');
});

it('every answer brings the database’s clock: of a day, a refusal, a stream and an address that is none', async () => {
  for (const path of [
    `/api/sites/${clinic.siteId}/days/2031-03-03`,
    '/api/changes?cursor=',
    '/api/nothing',
    '/health/live',
  ]) {
    for (const token of [person, paired.token, 'no token']) {
      const { headers } = await request(server, 'GET', path, { token });
      expect(Math.abs(Date.parse(headers.get('holdfast-clock') ?? '') - now)).toBeLessThan(60_000);
    }
  }
  const leaving = new AbortController();
  const stream = await fetch(`${server.url}/api/pokes`, {
    headers: { authorization: `Bearer ${paired.token}` },
    signal: leaving.signal,
  });
  expect(Date.parse(stream.headers.get('holdfast-clock') ?? '')).toBeGreaterThanOrEqual(now);
  leaving.abort();
});

it('after all of it the calendar is sound', async () => {
  expect(await findInconsistencies(admin)).toEqual([]);
});
