import { expect, test } from 'vitest';

import { aDayView, anAppointment, aPatient, aVisitChange, berlin, cursorAt, someChanges } from '../../builders.ts';
import {
  connectionsIn,
  credentials,
  readDay,
  scratchDesk,
  scratchFolder,
  scratchServer,
  signedInDesk,
  untilCaughtUp,
} from '../../scratch.ts';
import { aProblem, refusedWith } from '../../stand-in-server.ts';
import { statusOf } from '../offline-desk.ts';

const today = { siteId: berlin.siteId, date: '2026-11-23' };

// 23:30 to 00:30 in Berlin.
const lateVisit = aVisitChange(anAppointment({ scheduledStart: '2026-11-23T22:30:00Z', durationMinutes: 60 }), {
  touchesFrom: '2026-11-23T22:30:00Z',
  touchesUntil: '2026-11-23T23:30:00Z',
});

test('a poke leads to a pull, and the days that changed are told in the zone of the site', async () => {
  const { server, events, desk } = await signedInDesk();
  server.script.changes.push(someChanges({ changes: [lateVisit] }));
  server.poke();
  await expect
    .poll(() => events)
    .toContainEqual({ type: 'days-changed', siteId: berlin.siteId, dates: ['2026-11-23', '2026-11-24'] });
  // The rest of the day stays as the server told it before.
  expect((await readDay(desk, today)).view.appointments).toMatchObject([lateVisit.appointment]);
});

test('a visit that the feed brings is on its day at once, without another request', async () => {
  const { server, desk, events } = await signedInDesk();
  const asked = server.daysAsked.length;
  const patient = aPatient();
  const visit = anAppointment({ patientId: patient.patientId });
  const touched = { touchesFrom: '2026-11-23T08:00:00Z', touchesUntil: '2026-11-23T08:30:00Z' };
  server.script.day = aDayView({ ...server.script.day, resources: [], services: [] });
  server.script.changes.push(someChanges({ changes: [{ ...aVisitChange(visit, touched), patient }] }));
  server.poke();
  await expect.poll(async () => (await readDay(desk, today)).view.appointments).toEqual([visit]);
  expect((await readDay(desk, today)).view.patients).toEqual([patient]);
  expect(events).toContainEqual({ type: 'days-changed', siteId: today.siteId, dates: [today.date] });
  // The frame does not know the visit's provider and service: the day is read again, once, in the background.
  await expect.poll(() => server.daysAsked.length).toBe(asked + 1);
});

test('a patient that comes later than the visit changes the day of the visit', async () => {
  const { server, desk, events } = await signedInDesk();
  const patient = aPatient();
  const visit = anAppointment({ patientId: patient.patientId });
  const touched = { touchesFrom: '2026-11-23T08:00:00Z', touchesUntil: '2026-11-23T08:30:00Z' };
  const change = aVisitChange(visit, touched);
  server.script.changes.push(someChanges({ cursor: cursorAt(201), changes: [change] }));
  server.poke();
  await expect.poll(async () => (await readDay(desk, today)).view.appointments).toEqual([visit]);
  expect((await readDay(desk, today)).view.patients).toEqual([]);
  const before = events.length;
  server.script.changes.push(someChanges({ cursor: cursorAt(202), changes: [{ ...change, patient }] }));
  server.poke();
  await expect
    .poll(() => events.slice(before))
    .toContainEqual({ type: 'days-changed', siteId: today.siteId, dates: [today.date] });
  expect((await readDay(desk, today)).view.patients).toEqual([patient]);
});

test('a server that refuses to poke is pulled from, and the status shows what it says of its version', async () => {
  const server = await scratchServer();
  server.script.refusals.pokes = refusedWith(aProblem('invalid-input', { issues: [] }));
  const mismatch = { server: 3, desk: 2, update: 'desk' as const };
  const { desk } = scratchDesk({ serverUrl: server.url, dataDir: await scratchFolder() });
  await desk.call('signIn', credentials);
  await expect.poll(() => server.cursorsAsked.length).toBeGreaterThan(1);
  expect((await statusOf(desk))?.mismatch).toBeNull();
  server.script.refusals.changes = refusedWith(aProblem('protocol-mismatch', mismatch));
  await expect.poll(async () => (await statusOf(desk))?.mismatch, { timeout: 10_000 }).toEqual(mismatch);
});

test('an older version of a visit changes nothing, a newer one does, and a cancelled one leaves the day', async () => {
  const visit = anAppointment({ version: 3 });
  const server = await scratchServer();
  server.script.day = aDayView({ appointments: [visit] });
  const { desk } = await signedInDesk(server);
  const touched = { touchesFrom: '2026-11-23T08:00:00Z', touchesUntil: '2026-11-23T09:00:00Z' };
  const tell = (xid: number, version: number, status: typeof visit.status) => {
    server.script.changes.push(
      someChanges({ cursor: cursorAt(xid), changes: [aVisitChange({ ...visit, version, status }, touched)] }),
    );
    server.poke();
    return expect.poll(() => server.script.changes).toEqual([]);
  };
  await tell(201, 2, 'cancelled');
  expect((await readDay(desk, today)).view.appointments).toMatchObject([{ version: 3, status: 'booked' }]);
  await tell(202, 4, 'arrived');
  await expect.poll(async () => (await readDay(desk, today)).view.appointments).toMatchObject([{ version: 4 }]);
  await tell(203, 5, 'cancelled');
  await expect.poll(async () => (await readDay(desk, today)).view.appointments).toEqual([]);
});

test('a patient who was registered elsewhere is told to searches, and touches no day', async () => {
  const { server, events } = await signedInDesk();
  const before = events.length;
  const entityId = '0198b000-0000-7000-8000-0000000000d1';
  server.script.changes.push(someChanges({ changes: [{ entity: 'patient', entityId, patient: null }] }));
  server.poke();
  await expect.poll(() => events).toContainEqual({ type: 'patients-changed' });
  expect(events.slice(before).filter((event) => event.type === 'days-changed')).toEqual([]);
});

test('a change of the waitlist is told to the page', async () => {
  const { server, events } = await signedInDesk();
  server.script.changes.push(
    someChanges({ changes: [{ entity: 'waitlist', entityId: '0198b000-0000-7000-8000-0000000000d2' }] }),
  );
  server.poke();
  await expect.poll(() => events).toContainEqual({ type: 'waitlist-changed' });
});

test('a change of open slots has their day read again', async () => {
  const { server, desk } = await signedInDesk();
  await readDay(desk, today);
  const run = {
    resourceId: '0198b000-0000-7000-8000-0000000000f1',
    startsAt: '2026-11-23T08:00:00Z',
    endsAt: '2026-11-23T09:00:00Z',
    capacity: 2,
  };
  server.script.day = aDayView({ ...server.script.day, openRuns: [run], cursor: cursorAt(201) });
  const touched = { touchesFrom: run.startsAt, touchesUntil: run.endsAt };
  server.script.changes.push(
    someChanges({ changes: [{ entity: 'slots', entityId: run.resourceId, siteId: berlin.siteId, ...touched }] }),
  );
  server.poke();
  await expect.poll(async () => (await readDay(desk, today)).view.openRuns).toEqual([run]);
});

test('the feed is read on from the stored cursor, also by the next run of the desk', async () => {
  const { server, dataDir, desk } = await signedInDesk();
  server.script.changes.push(someChanges({ cursor: cursorAt(200, 3) }));
  server.poke();
  await expect.poll(() => server.script.changes).toEqual([]);
  server.poke();
  await expect.poll(() => server.cursorsAsked.at(-1)).toBe(cursorAt(200, 3));
  await desk.close();
  const before = server.cursorsAsked.length;
  scratchDesk({ serverUrl: server.url, dataDir });
  await expect.poll(() => server.cursorsAsked.slice(before)[0]).toBe(cursorAt(200, 3));
});

test('a day whose cursor is behind the feed sets the feed back', async () => {
  const { server, desk } = await signedInDesk();
  server.script.changes.push(someChanges({ cursor: cursorAt(300) }));
  server.poke();
  await expect.poll(() => server.script.changes).toEqual([]);
  server.script.dayOf = (_siteId, date) => ({ ...server.script.day, date, cursor: cursorAt(250) });
  await desk.call('readDay', { ...today, date: '2026-12-24' });
  server.poke();
  await expect.poll(() => server.cursorsAsked.at(-1)).toBe(cursorAt(250));
});

test('an answer to a pull from a cursor that was set back meanwhile is forgotten', async () => {
  const server = await scratchServer();
  const pulled = Promise.withResolvers<void>();
  let held = false;
  const { desk, events } = scratchDesk({
    serverUrl: server.url,
    dataDir: await scratchFolder(),
    hooks: { pulled: () => (held ? pulled.promise : undefined) },
  });
  await desk.call('signIn', credentials);
  await untilCaughtUp(desk);
  await expect.poll(() => server.listeners()).toBe(1);
  held = true;
  // The next answer does not have this visit: if it were applied, it would be shown for good.
  server.script.changes.push(someChanges({ cursor: cursorAt(300), changes: [lateVisit] }));
  server.poke();
  await expect.poll(() => server.script.changes).toEqual([]);
  server.script.dayOf = (_siteId, date) => ({ ...server.script.day, date, cursor: cursorAt(0, 7) });
  await desk.call('readDay', { ...today, date: '2026-12-24' });
  held = false;
  pulled.resolve();
  await expect.poll(() => server.cursorsAsked.at(-1)).toBe(cursorAt(0, 7));
  expect((await readDay(desk, today)).view.appointments).toEqual([]);
  expect(events.filter(({ type }) => type === 'days-changed')).not.toContainEqual(
    expect.objectContaining({ dates: ['2026-11-23', '2026-11-24'] }),
  );
});

test('rows that are withheld are asked for again without another poke', async () => {
  const { server, desk } = await signedInDesk();
  server.script.changes.push(
    someChanges({ withheld: true }),
    someChanges({ withheld: true }),
    someChanges({ changes: [lateVisit] }),
  );
  server.poke();
  await expect.poll(async () => (await readDay(desk, today)).view.appointments).toHaveLength(1);
});

test('a feed that begins anew has everything read again', async () => {
  const { server, events, desk } = await signedInDesk();
  const asked = server.daysAsked.length;
  const visit = anAppointment();
  server.script.day = aDayView({ appointments: [visit], cursor: cursorAt(300) });
  server.script.changes.push(someChanges({ cursor: cursorAt(300), reset: true }));
  server.poke();
  await expect.poll(() => events).toContainEqual({ type: 'everything-changed' });
  await expect.poll(() => server.daysAsked.length).toBe(asked + 1);
  expect((await readDay(desk, today)).view.appointments).toEqual([visit]);
});

test('after a restore of the server, the rows of the lost history give way', async () => {
  const lost = anAppointment({ version: 5, status: 'arrived' });
  const server = await scratchServer();
  server.script.day = aDayView({ appointments: [lost, anAppointment()], cursor: cursorAt(900) });
  const { desk } = await signedInDesk(server);
  const other = '0198b000-0000-7000-8000-0000000000e2';
  const restored = { ...lost, version: 2, status: 'booked' as const };
  server.script.day = aDayView({ appointments: [restored], cursor: cursorAt(7, 0, other) });
  server.script.changes.push(someChanges({ cursor: cursorAt(7, 0, other), reset: true }));
  server.poke();
  await expect.poll(async () => (await readDay(desk, today)).view.appointments).toEqual([restored]);
});

test('a change of the time without a stream is pulled when the stream is open again', async () => {
  const { server, events, desk } = await signedInDesk();
  await server.close();
  await expect.poll(() => connectionsIn(events)).toContain('offline');

  const back = await scratchServer(server.port);
  back.script.session = server.script.session;
  back.script.changes.push(someChanges({ changes: [lateVisit] }));
  await expect.poll(async () => (await readDay(desk, today)).view.appointments).toHaveLength(1);
  expect(connectionsIn(events).at(-1)).toBe('online');
});
