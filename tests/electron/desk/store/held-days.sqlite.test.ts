import { expect, test } from 'vitest';

import { aDayView, anAppointment, aPatient, aPerson, aSession, berlin } from '../../builders.ts';
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

const today = { siteId: berlin.siteId, date: '2026-11-23' };

test('a held day is read from the disk, says since when it may be old, and is current again when the server is back', async () => {
  const prepared = await scratchServer();
  const patient = aPatient();
  const visit = anAppointment({ patientId: patient.patientId });
  prepared.script.day = aDayView({ appointments: [visit], patients: [patient] });
  const { server, desk, events } = await signedInDesk(prepared);
  const asked = server.daysAsked.length;
  expect(await readDay(desk, today)).toEqual({ view: server.script.day, provisional: [], asOf: null });
  expect(server.daysAsked).toHaveLength(asked);

  await server.close();
  await expect.poll(() => connectionsIn(events)).toContain('offline');
  const { view, asOf } = await readDay(desk, today);
  expect(view).toEqual(server.script.day);
  const status = await desk.call('readStatus', {});
  expect(status).toMatchObject({ value: { caughtUpAt: asOf } });
  expect(await desk.call('readDay', { ...today, date: '2026-11-24' })).toMatchObject({
    ok: false,
    problem: { code: 'not-kept' },
  });

  const back = await scratchServer(server.port);
  back.script.session = server.script.session;
  await expect.poll(async () => (await readDay(desk, today)).asOf).toBeNull();
});

test('the window is filled today first, and the next run does not read again the days that are held', async () => {
  const server = await scratchServer();
  const dataDir = await scratchFolder();
  const options = { serverUrl: server.url, dataDir, window: { daysBack: 1, daysAhead: 3 } };
  const { dayOf: answerDay } = server.script;
  const dates = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'];
  const held = new Map(dates.map((date) => [date, Promise.withResolvers<void>()]));
  server.script.dayOf = async (siteId, date) => {
    await held.get(date)?.promise;
    return answerDay(siteId, date);
  };
  const release = (date: string) => held.get(date)?.resolve();
  // Three requests are on their way at once, and may arrive in any order.
  const untilAsked = async (count: number) => {
    await expect.poll(() => server.daysAsked).toHaveLength(count);
    return server.daysAsked.toSorted();
  };
  const first = scratchDesk(options);
  await first.desk.call('signIn', credentials);
  // A person may wait for today, so it has the line to itself.
  expect(await untilAsked(1)).toEqual(['2026-11-23']);
  release('2026-11-23');
  expect(await untilAsked(4)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26']);
  release('2026-11-24');
  expect(await untilAsked(5)).toEqual(dates);
  release('2026-11-26');
  release('2026-11-22');
  await expect.poll(() => first.desk.call('readStatus', {})).toMatchObject({ value: { reading: { done: 4, of: 5 } } });
  // The days that are held already are shown meanwhile.
  expect((await readDay(first.desk, today)).view.date).toBe(today.date);
  release('2026-11-25');
  await untilCaughtUp(first.desk);
  expect(server.daysAsked).toHaveLength(5);
  await first.desk.close();
  const second = scratchDesk(options);
  await untilCaughtUp(second.desk);
  await expect.poll(() => server.listeners()).toBe(1);
  expect(server.daysAsked).toHaveLength(5);
});

test('a person who may not read patients does not find them in a day that another person read', async () => {
  const { server, desk, events } = await signedInDesk();
  await readDay(desk, today);
  server.script.session = aSession({ person: aPerson({ permissions: ['read-calendar'] }) });
  await desk.call('signIn', credentials);
  await server.close();
  await expect.poll(() => connectionsIn(events)).toContain('offline');
  expect(await desk.call('readDay', today)).toMatchObject({ ok: true, value: { view: { patients: [] } } });
  expect(await desk.call('searchPatients', { query: 'woj' })).toMatchObject({ problem: { code: 'forbidden' } });
});

test('a person of another organization does not find the days that this one read', async () => {
  const { server, desk, events } = await signedInDesk();
  const christmas = { ...today, date: '2026-12-24' };
  expect(await desk.call('readDay', christmas)).toMatchObject({ ok: true });
  server.script.session = aSession({ person: aPerson({ orgId: '0198b000-0000-7000-8000-0000000000b2' }) });
  await desk.call('signIn', credentials);
  await server.close();
  await expect.poll(() => connectionsIn(events)).toContain('offline');
  expect(await desk.call('readDay', christmas)).toMatchObject({ ok: false, problem: { code: 'not-kept' } });
});

test('a session outlives a restart of the shell and ends with the sign-out', async () => {
  const { server, dataDir, desk } = await signedInDesk();
  const before = await desk.call('describe', {});
  await desk.close();
  const second = scratchDesk({ serverUrl: server.url, dataDir });
  expect(await second.desk.call('describe', {})).toEqual(before);
  await second.desk.call('signOut', {});
  await second.desk.close();
  const third = scratchDesk({ serverUrl: server.url, dataDir });
  expect(await third.desk.call('describe', {})).toMatchObject({ ok: true, value: { person: null } });
  expect(await third.desk.call('readDay', today)).toMatchObject({
    problem: { code: 'unauthenticated' },
  });
});
