import { v7 as uuidv7 } from 'uuid';
import { afterAll, expect, it } from 'vitest';

import { dayView, type DayView } from '../../../core/calendar/calendar.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import { openPool } from '../../../db/pg/pool.ts';
import { loadDay } from '../../../server/calendar/load-day.ts';
import { aboutCommand, bookCommand, envelope } from '../../builders/commands.ts';
import { requireProblem, request, withServers } from '../../builders/server.ts';

const { admin, clinic, database, users, start, signIn } = await withServers({ days: 3 });
const pool = openPool(database.databaseUrl, { max: 1 });
afterAll(() => pool.end());
const server = await start();
const token = await signIn(server, clinic.username);
const at = (offset: number) => instantOf(clinic.opensAt + offset);
/** The clinic opens at 07:00 UTC on 3 March 2031; 23:00 UTC, 64 quarters later, is midnight in Berlin. */
const midnight = 64;

async function readDay(date: string, as = token): Promise<DayView> {
  const answer = await request(server, 'GET', `/api/sites/${clinic.siteId}/days/${date}`, { token: as });
  expect(answer.status).toBe(200);
  return dayView.parse(answer.body);
}
async function book(offset: number, overrides: Parameters<typeof bookCommand>[2] = {}): Promise<string> {
  const body = bookCommand(clinic, offset, overrides);
  const answer = await request(server, 'POST', '/api/commands/book', { token, body });
  expect(answer.status).toBe(200);
  return body.body.appointmentId;
}
const idsOf = (day: DayView) => day.appointments.map((appointment) => appointment.appointmentId);

it('holds the open runs, the resources and the services of the site', async () => {
  const day = await readDay('2031-03-03');
  expect(day).toMatchObject({
    site: { siteId: clinic.siteId, name: 'Site', timeZone: 'Europe/Berlin' },
    startsAt: '2031-03-02T23:00:00Z',
    endsAt: '2031-03-03T23:00:00Z',
  });
  expect(day.resources.map((resource) => resource.resourceId)).toEqual([
    ...clinic.providers,
    ...clinic.rooms,
    ...clinic.equipment,
  ]);
  expect(day.openRuns.toSorted((a, b) => a.resourceId.localeCompare(b.resourceId))).toEqual(
    day.resources
      .map(({ resourceId }) => ({ resourceId, startsAt: at(0), endsAt: at(midnight), capacity: 1 }))
      .toSorted((a, b) => a.resourceId.localeCompare(b.resourceId)),
  );
  expect(day.services.map((service) => service.providerIds.toSorted())).toEqual(
    Array.from({ length: 3 }, () => clinic.providers.toSorted()),
  );
});

it('holds a visit with its patient for those who may see patients, and its id alone for others', async () => {
  const appointmentId = await book(0);
  const day = await readDay('2031-03-03');
  const wanted = { orgId: clinic.orgId, siteId: clinic.siteId, date: '2031-03-03', withPatients: false };
  const anonymous = dayView.parse(JSON.parse(await loadDay(pool, wanted)));
  const [patientId = ''] = clinic.patients;
  expect(day.appointments).toContainEqual(
    expect.objectContaining({ appointmentId, patientId, scheduledStart: at(0), durationMinutes: 30, status: 'booked' }),
  );
  expect(day.patients).toEqual([
    { patientId, displayName: `Patient ${patientId}`, birthDate: '1980-01-01', phone: '', alert: '' },
  ]);
  expect(anonymous.patients).toEqual([]);
  expect(anonymous.appointments).toEqual(day.appointments);
});

it('shows a visit on each day that it touches with its buffers, and on no other', async () => {
  const afterMidnight = await book(midnight, { serviceId: clinic.services.full });
  const acrossMidnight = await book(midnight - 4, {
    durationMinutes: 120,
    providerId: clinic.providers[1] ?? '',
    patientId: clinic.patients[1] ?? '',
  });
  const beforeMidnight = await book(midnight - 8, {
    providerId: clinic.providers[1] ?? '',
    patientId: clinic.patients[1] ?? '',
  });
  const [first, second, third] = [
    await readDay('2031-03-03'),
    await readDay('2031-03-04'),
    await readDay('2031-03-05'),
  ];
  expect(idsOf(first)).toEqual(expect.arrayContaining([afterMidnight, acrossMidnight, beforeMidnight]));
  expect(idsOf(second).toSorted()).toEqual([afterMidnight, acrossMidnight].toSorted());
  expect(idsOf(third)).toEqual([]);
});

it('leaves out cancelled visits', async () => {
  const appointmentId = await book(8);
  expect(idsOf(await readDay('2031-03-03'))).toContain(appointmentId);
  await request(server, 'POST', '/api/commands/cancel', { token, body: aboutCommand(clinic, appointmentId) });
  expect(idsOf(await readDay('2031-03-03'))).not.toContain(appointmentId);
});

it('breaks a run where the capacity changes and where slots are closed', async () => {
  const [resourceId = ''] = clinic.rooms;
  const raise = { resourceId, slotStarts: [at(20), at(21)], capacity: 2, reason: 'Two beds' };
  const body = { ...envelope(clinic), body: raise };
  expect((await request(server, 'POST', '/api/commands/raise-capacity', { token, body })).status).toBe(200);
  await admin`update slots set open = false where resource_id = ${resourceId} and starts_at = ${at(30)}`;
  const runs = (await readDay('2031-03-03')).openRuns.filter((run) => run.resourceId === resourceId);
  expect(runs).toEqual([
    { resourceId, startsAt: at(0), endsAt: at(20), capacity: 1 },
    { resourceId, startsAt: at(20), endsAt: at(22), capacity: 2 },
    { resourceId, startsAt: at(22), endsAt: at(30), capacity: 1 },
    { resourceId, startsAt: at(31), endsAt: at(midnight), capacity: 1 },
  ]);
});

it('has a provider who has a shift there that day, open or not, and none who works elsewhere', async () => {
  const [onLeave, elsewhere, otherSite] = [uuidv7(), uuidv7(), uuidv7()];
  const { orgId, siteId } = clinic;
  await admin`insert into sites (org_id, site_id, name, time_zone, country) values (${orgId}, ${otherSite}, 'Other', 'Asia/Kolkata', 'IN')`;
  await admin`insert into resources (org_id, resource_id, kind, name) values
    (${orgId}, ${onLeave}, 'provider', 'On leave'), (${orgId}, ${elsewhere}, 'provider', 'Elsewhere')`;
  // 3 March 2031 is a Monday.
  await admin`insert into shifts (org_id, shift_id, resource_id, site_id, weekday, starts_at_local, ends_at_local, valid_from) values
    (${orgId}, ${uuidv7()}, ${onLeave}, ${siteId}, 1, '08:00', '12:00', '2031-01-01'),
    (${orgId}, ${uuidv7()}, ${elsewhere}, ${otherSite}, 1, '08:00', '12:00', '2031-01-01')`;
  const resourcesOf = async (date: string) => (await readDay(date)).resources.map((resource) => resource.name);
  expect(await resourcesOf('2031-03-03')).toContain('On leave');
  expect(await resourcesOf('2031-03-03')).not.toContain('Elsewhere');
  expect(await resourcesOf('2031-03-04')).not.toContain('On leave');
});

it('keeps the name of a room that was retired under a visit', async () => {
  const [, roomId = ''] = clinic.rooms;
  await book(40, { roomId });
  await admin`update resources set active = false where resource_id = ${roomId}`;
  const resources = async (date: string) => (await readDay(date)).resources.map((resource) => resource.resourceId);
  expect(await resources('2031-03-03')).toContain(roomId);
  expect(await resources('2031-03-05')).not.toContain(roomId);
  await admin`update resources set active = true where resource_id = ${roomId}`;
});

it.each([
  ['2031-03-30', '2031-03-29T23:00:00Z', '2031-03-30T22:00:00Z'],
  ['2031-10-26', '2031-10-25T22:00:00Z', '2031-10-26T23:00:00Z'],
])("%s has the day's own bounds, when the clocks change", async (date, startsAt, endsAt) => {
  expect(await readDay(date)).toMatchObject({ date, startsAt, endsAt, openRuns: [], appointments: [] });
});

it('is a 404 for a site that is not there, and a 400 for a day beyond the calendar', async () => {
  const ask = (siteId: string, date: string) => request(server, 'GET', `/api/sites/${siteId}/days/${date}`, { token });
  requireProblem(await ask(users.manager, '2031-03-03'), 'not-found');
  for (const date of ['1950-01-01', '9999-12-31']) requireProblem(await ask(clinic.siteId, date), 'invalid-input');
});
