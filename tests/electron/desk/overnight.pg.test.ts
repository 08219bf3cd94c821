import { Temporal } from 'temporal-polyfill';
import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';

import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Channel } from '../../../core/domain/people/channels.ts';
import type { AppointmentStatus } from '../../../core/domain/statuses.ts';
import { instantOf, quarterOf } from '../../../core/domain/time/quarter.ts';
import { protocol } from '../../../core/primitives/protocol.ts';
import { holdDatabaseClock } from '../../builders/database-clock.ts';
import { password, request, withServers } from '../../builders/server.ts';
import { connectionsIn, scratchDesk, scratchFolder, untilCaughtUp } from '../scratch.ts';

const timeZone = 'Europe/Berlin';
const hour = 3_600_000;

// The day before the present one, because a row is always recorded in the present.
const morning = Temporal.Now.plainDateISO(timeZone);
const evening = morning.subtract({ days: 1 });
const timeOn = (date: Temporal.PlainDate, time: string) =>
  date.toZonedDateTime({ timeZone, plainTime: time }).toInstant().epochMilliseconds;
const atFour = timeOn(evening, '16:00');
const atNine = timeOn(morning, '09:00');
const instantAt = (milliseconds: number) => new Date(milliseconds).toISOString();
const startAt = (time: string) => instantOf(quarterOf(instantAt(timeOn(evening, time))));

const { admin, clinic, users, start, signIn } = await withServers({
  opensAt: quarterOf(instantAt(timeOn(evening, '00:00'))),
  days: 2,
  timeZone,
  providers: 12,
  patients: 60,
});
const setDatabaseClock = await holdDatabaseClock(admin, atFour);

interface Made {
  readonly type: TypedCommand['type'];
  readonly at: string;
  /** The visit is booked beforehand at this time, unless the command books it. */
  readonly visitAt: string;
  readonly status: AppointmentStatus;
  /** The command sets the time of arrival. */
  readonly arrives?: boolean;
}

/** What happens at the desk from 16:00 on, each on a visit of its own. */
const afternoon: readonly Made[] = [
  { type: 'book', at: '16:10', visitAt: '16:30', status: 'booked' },
  { type: 'book', at: '16:40', visitAt: '16:15', status: 'booked' },
  { type: 'check-in', at: '16:12', visitAt: '16:15', status: 'checked-in', arrives: true },
  { type: 'arrive', at: '16:13', visitAt: '16:45', status: 'arrived', arrives: true },
  { type: 'no-show', at: '16:16', visitAt: '16:00', status: 'noshow' },
  { type: 'cancel', at: '16:14', visitAt: '17:00', status: 'cancelled' },
  { type: 'move', at: '16:20', visitAt: '17:30', status: 'booked' },
];

let bookings = 0;
/** Each visit has a patient of its own, and for this run of the afternoon a provider. */
const bookingOf = ({ visitAt }: Made, appointmentId: string) => ({
  appointmentId,
  siteId: clinic.siteId,
  serviceId: clinic.services.plain,
  providerId: clinic.providers[bookings % afternoon.length] ?? '',
  patientId: clinic.patients[bookings++] ?? '',
  scheduledStart: startAt(visitAt),
});
const bodyOf = (made: Made, appointmentId: string) => {
  if (made.type === 'move') return { appointmentId, scheduledStart: startAt('18:00') };
  return made.type === 'book' ? bookingOf(made, appointmentId) : { appointmentId };
};

const commandOf = (body: object, madeAt: number, deskId: string) => ({
  commandId: uuidv7(),
  actorId: users.receptionist,
  deskId,
  madeAt: instantAt(madeAt),
  protocol,
  body,
});

/** The visits as they are at four, by the index of what happens to them; null: it will be booked. */
async function visitsAtFour(token: string, url: Awaited<ReturnType<typeof start>>) {
  const visits: string[] = [];
  for (const made of afternoon) {
    const appointmentId = uuidv7();
    visits.push(appointmentId);
    if (made.type === 'book') continue;
    const body = commandOf(bookingOf(made, appointmentId), atFour, 'a desk');
    const answer = await request(url, 'POST', '/api/commands/book', { token, body });
    expect(answer.status).toBe(200);
  }
  return visits;
}

interface Row {
  status: string;
  arrived_at: Date | null;
  occurred_at: Date;
  recorded_at: Date;
  channel: Channel;
  desk_id: string;
}
const lastOf = async (appointmentId: string) =>
  (
    await admin<Row[]>`
      select a.status, a.arrived_at, e.occurred_at, e.recorded_at, e.channel, e.desk_id
      from appointments a join appointment_events e using (org_id, appointment_id, version)
      where a.appointment_id = ${appointmentId}`
  )[0];

async function clearCalendar() {
  await admin`update appointments set status = 'entered-in-error', arrived_at = null, cancelled_from = null, holds_until = null, version = version + 1
    where status <> 'entered-in-error'`;
}

// The desk's clock and the server's go on while the test runs; and a measurement is as exact as an answer is quick.
const nearly = 60_000;

test.each([
  ['right', 0, 0],
  ['three hours ahead', 3 * hour, 3 * hour],
  ['three hours behind', -3 * hour, -3 * hour],
  ['three hours behind, and put right overnight,', -3 * hour, 0],
])(
  'a desk whose clock is %s is offline from four to nine in the morning, and each command counts as of when it was made',
  async (_, wrongBy, wrongInTheMorning) => {
    await clearCalendar();
    await setDatabaseClock(atFour);
    const server = await start();
    const visits = await visitsAtFour(await signIn(server, 'receptionist'), server);
    let shown = atFour + wrongBy;
    const clock = { instant: () => instantAt(shown), monotonicMs: () => performance.now() };
    const token = await signIn(server, 'administrator');
    const { body } = await request(server, 'POST', '/api/desks/pairings', { token });
    const { desk, events } = scratchDesk({
      serverUrl: server.url,
      dataDir: await scratchFolder(),
      pairingCode: (body as { code: string }).code,
      clock,
    });
    await untilCaughtUp(desk);
    await desk.call('signIn', { username: 'receptionist', password });
    await desk.call('readDay', { siteId: clinic.siteId, date: evening.toString() });
    const described = await desk.call('describe', {});
    const deskId = described.ok ? described.value.deskId : '';
    await server.close();
    await expect.poll(() => connectionsIn(events)).toContain('offline');

    for (const [n, made] of afternoon.entries()) {
      shown = timeOn(evening, made.at) + wrongBy;
      const command = {
        ...commandOf(bodyOf(made, visits[n] ?? ''), shown, deskId),
        ...(made.type === 'move' ? { precondition: { version: 1 } } : {}),
      };
      const sent = await desk.call('send', { type: made.type, command } as TypedCommand);
      expect(sent, `${made.type} at ${made.at}`).toMatchObject({ value: { kind: 'waiting' } });
    }

    shown = atNine + wrongInTheMorning;
    await setDatabaseClock(atNine);
    await start({ port: Number(new URL(server.url).port) });
    await expect
      .poll(() => desk.call('readStatus', {}), { timeout: 20_000 })
      .toMatchObject({
        value: { waiting: 0, refused: 0 },
      });
    for (const [n, made] of afternoon.entries()) {
      const row = await lastOf(visits[n] ?? '');
      expect(row, made.type).toMatchObject({ status: made.status, channel: 'desk', desk_id: deskId });
      const madeAt = timeOn(evening, made.at);
      const occurredAt = row?.occurred_at.getTime() ?? Number.NaN;
      expect(Math.abs(occurredAt - madeAt), `${made.type} happened at ${made.at}`).toBeLessThan(nearly);
      expect(row?.arrived_at?.getTime() ?? null).toBe(made.arrives ? occurredAt : null);
      expect(row?.recorded_at.getTime()).toBeGreaterThan(occurredAt + hour);
    }
  },
  30_000,
);

test('the same through a person’s session in the morning is judged in the morning', async () => {
  await clearCalendar();
  await setDatabaseClock(atFour);
  const before = await start();
  const token = await signIn(before, 'receptionist');
  const visits = await visitsAtFour(token, before);
  await before.close();
  await setDatabaseClock(atNine);
  const server = await start();
  for (const [n, made] of afternoon.entries()) {
    const appointmentId = visits[n] ?? '';
    const body = {
      ...commandOf(bodyOf(made, appointmentId), timeOn(evening, made.at), 'a desk'),
      clockOffsetMilliseconds: 0,
      ...(made.type === 'move' ? { precondition: { version: 1 } } : {}),
    };
    const { status, body: told } = await request(server, 'POST', `/api/commands/${made.type}`, { token, body });
    const takesTime = made.type === 'book' || made.type === 'move';
    const reason = takesTime ? 'in-the-past' : made.arrives ? 'not-today' : null;
    expect({ status, told }).toMatchObject(
      reason === null
        ? { status: 200, told: { appointment: { status: made.status } } }
        : { status: 422, told: { code: 'refused', data: { reason } } },
    );
    const row = await lastOf(appointmentId);
    const changed = {
      status: reason === null ? made.status : 'booked',
      channel: 'api',
      occurred_at: new Date(reason === null ? atNine : atFour),
      arrived_at: null,
    };
    expect(row ?? null).toEqual(made.type === 'book' ? null : { ...row, ...changed });
  }
});
