import { expect, test } from 'vitest';

import type { Changes } from '../../../core/contract/calendar.ts';
import { aDayView, aPerson, aSession, berlin } from '../builders.ts';
import { credentials, scratchDesk, scratchFolder, scratchServer } from '../scratch.ts';

function someChanges(overrides: Partial<Changes> = {}): Changes {
  return { cursor: '1.2.1', reset: false, withheld: false, changes: [], ...overrides };
}

const lateVisit: Changes['changes'][number] = {
  entity: 'appointment',
  entityId: '0198b000-0000-7000-8000-0000000000c1',
  siteId: berlin.siteId,
  // 23:30 to 00:30 in Berlin.
  touchesFrom: '2026-11-23T22:30:00Z',
  touchesUntil: '2026-11-23T23:30:00Z',
};

async function signedInDesk() {
  const server = await scratchServer();
  const dataDir = await scratchFolder();
  const opened = scratchDesk({ serverUrl: server.url, dataDir });
  await opened.desk.call('signIn', credentials);
  await expect.poll(() => server.listeners()).toBe(1);
  await expect.poll(() => server.cursorsAsked).toEqual(['']);
  return { server, dataDir, ...opened };
}

test('a poke leads to a pull, and the days that changed are told in the zone of the site', async () => {
  const { server, events } = await signedInDesk();
  server.script.changes.push(someChanges({ changes: [lateVisit] }));
  server.poke();
  await expect
    .poll(() => events)
    .toContainEqual({ type: 'days-changed', siteId: berlin.siteId, dates: ['2026-11-23', '2026-11-24'] });
});

test('somebody registered elsewhere is news for searches, and touches no day', async () => {
  const { server, events } = await signedInDesk();
  const entityId = '0198b000-0000-7000-8000-0000000000d1';
  server.script.changes.push(someChanges({ changes: [{ entity: 'patient', entityId }] }));
  server.poke();
  await expect.poll(() => events).toContainEqual({ type: 'patients-changed' });
  expect(events.filter((event) => event.type === 'days-changed')).toEqual([]);
});

test('the feed is read on from where it was left, also by the next run of the desk', async () => {
  const { server, dataDir, desk } = await signedInDesk();
  server.script.changes.push(someChanges({ cursor: '1.7.3' }));
  server.poke();
  await expect.poll(() => server.cursorsAsked).toEqual(['', '1.1.1']);
  server.poke();
  await expect.poll(() => server.cursorsAsked).toEqual(['', '1.1.1', '1.7.3']);
  await desk.close();
  scratchDesk({ serverUrl: server.url, dataDir });
  await expect.poll(() => server.cursorsAsked).toEqual(['', '1.1.1', '1.7.3', '1.7.3']);
});

test('rows that are withheld are asked for again without another poke', async () => {
  const { server, events } = await signedInDesk();
  server.script.changes.push(
    someChanges({ withheld: true }),
    someChanges({ withheld: true }),
    someChanges({ changes: [lateVisit] }),
  );
  server.poke();
  await expect.poll(() => events.filter((event) => event.type === 'days-changed')).toHaveLength(1);
});

test('a feed that begins anew makes everything be read again', async () => {
  const { server, events } = await signedInDesk();
  server.script.changes.push(someChanges({ reset: true }));
  server.poke();
  await expect.poll(() => events).toContainEqual({ type: 'everything-changed' });
});

test('what changed while the stream was down is pulled when it is up again', async () => {
  const { server, events } = await signedInDesk();
  await server.close();
  await expect.poll(() => events).toContainEqual({ type: 'connection', state: 'offline' });

  const back = await scratchServer(server.port);
  back.script.session = server.script.session;
  back.script.changes.push(someChanges({ changes: [lateVisit] }));
  await expect.poll(() => events.filter((event) => event.type === 'days-changed')).toHaveLength(1);
  expect(events.findLast((event) => event.type === 'connection')).toEqual({ type: 'connection', state: 'online' });
});

test('a day that was read is read from the disk while the server is silent, and only then', async () => {
  const { server, desk } = await signedInDesk();
  const day = { siteId: berlin.siteId, date: '2026-11-23' };
  expect(await desk.call('readDay', day)).toEqual({ ok: true, value: aDayView(server.script.day) });
  server.script.day = aDayView({ ...server.script.day, cursor: '1.200.1' });
  expect(await desk.call('readDay', day)).toMatchObject({ value: { cursor: '1.200.1' } });

  await server.close();
  expect(await desk.call('readDay', day)).toEqual({ ok: true, value: server.script.day });
  expect(await desk.call('readDay', { ...day, date: '2026-11-24' })).toMatchObject({
    ok: false,
    problem: { code: 'unreachable' },
  });
  expect(await desk.call('searchPatients', { query: 'woj' })).toMatchObject({ problem: { code: 'unreachable' } });
});

test('who may not read patients does not find them in a day that somebody else read', async () => {
  const { server, desk } = await signedInDesk();
  const day = { siteId: berlin.siteId, date: '2026-11-23' };
  await desk.call('readDay', day);
  server.script.session = aSession({ person: aPerson({ role: 'kiosk' }) });
  await desk.call('signIn', credentials);
  await server.close();
  expect(await desk.call('readDay', day)).toMatchObject({ ok: true, value: { patients: [] } });
});

test('another organization does not find the days that this one read', async () => {
  const { server, desk } = await signedInDesk();
  const day = { siteId: berlin.siteId, date: '2026-11-23' };
  await desk.call('readDay', day);
  server.script.session = aSession({ person: aPerson({ orgId: '0198b000-0000-7000-8000-0000000000b2' }) });
  await desk.call('signIn', credentials);
  await server.close();
  expect(await desk.call('readDay', day)).toMatchObject({ ok: false, problem: { code: 'unreachable' } });
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
  expect(await third.desk.call('readDay', { siteId: berlin.siteId, date: '2026-11-23' })).toMatchObject({
    problem: { code: 'unauthenticated' },
  });
});
