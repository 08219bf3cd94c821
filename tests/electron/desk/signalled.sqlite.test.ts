import { describe, expect, test, vi } from 'vitest';

import { instantBefore, type DeskClock } from '../../../electron/desk/environment/clock.ts';
import { defaultTimers, type DeskTimers } from '../../../electron/desk/environment/timers.ts';
import type { DeskOptions } from '../../../electron/desk/options.ts';
import { aBook, aDayView, aPerson, aSession, berlin, cursorAt, someChanges } from '../builders.ts';
import {
  clockAt,
  connectionsIn,
  credentials,
  quickTiming,
  scratchDesk,
  scratchFolder,
  scratchServer,
  untilCaughtUp,
} from '../scratch.ts';
import { aProblem, refusedWith, type StandIn } from '../stand-in-server.ts';
import { send, today } from './offline-desk.ts';

const tickMs = 5_000;
/** Longer than the 20 seconds after which a tick tells a sleep, shorter than the five minutes between checks of a session. */
const napMs = 60_000;

/** A PC whose clocks the test moves. Each move ends with a tick of the desk. */
function aPc() {
  const begun = clockAt('2026-11-23T07:00:00Z');
  let passedMs = 0;
  let tick = () => {};
  const clock: DeskClock = {
    instant: () => instantBefore(begun.instant(), -passedMs),
    monotonicMs: () => begun.monotonicMs() + passedMs,
  };
  const timers: DeskTimers = {
    ...defaultTimers,
    every(milliseconds, act, options) {
      if (milliseconds !== tickMs) return defaultTimers.every(milliseconds, act, options);
      tick = act;
      return () => {};
    },
  };
  function pass(milliseconds: number) {
    passedMs += milliseconds;
    tick();
  }
  return {
    clock,
    timers,
    sleep: pass,
    stayAwake(milliseconds: number) {
      for (let left = milliseconds; left > 0; left -= tickMs) pass(tickMs);
    },
  };
}

/** A desk at which a person has signed in. It ticks only when the test moves the clocks of its PC. */
async function deskOnPc(options: Partial<DeskOptions> = {}, given?: StandIn) {
  const pc = aPc();
  const server = given ?? (await scratchServer());
  if (options.pairingCode !== undefined) server.script.code = options.pairingCode;
  const dataDir = await scratchFolder();
  const opened = scratchDesk({ serverUrl: server.url, dataDir, clock: pc.clock, timers: pc.timers, ...options });
  await expect.poll(() => server.pairings).toHaveLength(options.pairingCode === undefined ? 0 : 1);
  await opened.desk.call('signIn', credentials);
  await expect.poll(() => server.listeners()).toBe(1);
  await untilCaughtUp(opened.desk);
  return { pc, server, ...opened };
}

describe('a PC that wakes', () => {
  test('asks the server at once what is new', async () => {
    const { pc, server } = await deskOnPc();
    const before = server.cursorsAsked.length;
    pc.sleep(napMs);
    await expect.poll(() => server.cursorsAsked.length).toBeGreaterThan(before);
  });

  test('pushes at once what waits for the end of a pause', async () => {
    const { pc, server, desk } = await deskOnPc();
    server.script.decide = () => refusedWith(aProblem('busy'), { 'retry-after': '600' });
    expect(await send(desk, aBook())).toEqual({ kind: 'waiting' });
    server.script.decide = ({ commandId }) => ({ status: 200, body: { commandId, appointment: null } });
    pc.sleep(napMs);
    await expect.poll(() => desk.call('readStatus', {})).toMatchObject({ value: { waiting: 0 } });
  });
});

describe('a paired desk notices that the session of its person ended elsewhere', () => {
  async function withEndedSession() {
    const opened = await deskOnPc({ pairingCode: 'nordstern-K7QM-2XRA' });
    const { server, desk } = opened;
    const person = async () => {
      const described = await desk.call('describe', {});
      return described.ok ? described.value.person : null;
    };
    expect(await person()).not.toBeNull();
    server.script.session = aSession({ token: 'another', person: aPerson() });
    return { ...opened, person };
  }

  test('when the PC wakes', async () => {
    const { pc, person } = await withEndedSession();
    pc.sleep(napMs);
    await expect.poll(person).toBeNull();
  });

  test('within five minutes, not sooner', async () => {
    const { pc, person, server } = await withEndedSession();
    pc.stayAwake(240_000);
    const before = server.cursorsAsked.length;
    server.poke();
    await expect.poll(() => server.cursorsAsked.length).toBeGreaterThan(before);
    expect(await person()).not.toBeNull();
    pc.stayAwake(60_000);
    await expect.poll(person).toBeNull();
  });

  test('when the server is back', async () => {
    const { server, person, events } = await withEndedSession();
    await server.close();
    await expect.poll(() => connectionsIn(events).at(-1)).toBe('offline');
    const back = await scratchServer(server.port);
    Object.assign(back.script, { session: server.script.session, paired: server.script.paired });
    await expect.poll(person, { timeout: 4_000 }).toBeNull();
  });
});

test('at the first tick of a new date the day that came into the window is read', async () => {
  const { pc, server } = await deskOnPc();
  pc.stayAwake(tickMs);
  expect(server.daysAsked).not.toContain('2026-11-24');
  pc.sleep(17 * 3_600_000);
  await expect.poll(() => server.daysAsked).toContain('2026-11-24');
});

test('a desk that has filled its window pulls what came after a day that is behind the feed', async () => {
  const { server } = await deskOnPc();
  server.script.changes.push(someChanges({ cursor: cursorAt(300) }));
  server.poke();
  await expect.poll(() => server.script.changes).toEqual([]);
  server.script.day = aDayView({ ...server.script.day, cursor: cursorAt(250) });
  const entityId = '0198b000-0000-7000-8000-0000000000f1';
  const touched = { touchesFrom: '2026-11-23T08:00:00Z', touchesUntil: '2026-11-23T09:00:00Z' };
  const changes = [{ entity: 'slots' as const, entityId, siteId: berlin.siteId, ...touched }];
  server.script.changes.push(someChanges({ cursor: cursorAt(301), changes }));
  server.poke();
  await expect.poll(() => server.cursorsAsked.at(-1)).toBe(cursorAt(250));
});

test('a desk that has filled its window prunes its store', async () => {
  const pruned = vi.fn<() => void>();
  await deskOnPc({ hooks: { pruned } });
  await expect.poll(() => pruned.mock.calls.length).toBeGreaterThan(0);
});

test('held days that went stale are read again', async () => {
  const { server } = await deskOnPc();
  const before = server.daysAsked.length;
  server.script.changes.push(someChanges({ cursor: cursorAt(300), reset: true }));
  server.poke();
  await expect.poll(() => server.daysAsked.length).toBeGreaterThan(before);
});

test('a day that the server refused is read when the server is back', async () => {
  const server = await scratchServer();
  const dayOf = server.script.dayOf.bind(server.script);
  server.script.dayOf = () => Promise.reject(new Error('not now'));
  const { desk, events } = await deskOnPc({}, server);
  expect(await desk.call('readDay', today)).toMatchObject({ ok: false });
  await server.close();
  await expect.poll(() => connectionsIn(events).at(-1)).toBe('offline');
  const back = await scratchServer(server.port);
  Object.assign(back.script, { session: server.script.session, dayOf });
  await expect.poll(() => back.daysAsked).toContain(today.date);
});

test('the window of another home site is filled when a person who works there signs in', async () => {
  const { server, desk } = await deskOnPc();
  await desk.call('signOut', {});
  const away = { ...berlin, siteId: '0198b000-0000-7000-8000-000000000009' };
  server.script.session = aSession({ person: aPerson({ sites: [away], homeSiteId: away.siteId }) });
  const sites: string[] = [];
  server.script.dayOf = (siteId, date) => {
    sites.push(siteId);
    return { ...server.script.day, site: away, date };
  };
  await desk.call('signIn', credentials);
  await expect.poll(() => sites).toContain(away.siteId);
});

test('a sign-in pushes at once what waited for it', async () => {
  const longPause = { firstMs: 600_000, maxMs: 600_000 };
  const { server, desk } = await deskOnPc({ timing: { ...quickTiming, push: longPause } });
  server.script.decide = () => refusedWith(aProblem('unauthenticated'));
  expect(await send(desk, aBook())).toEqual({ kind: 'waiting' });
  server.script.decide = ({ commandId }) => ({ status: 200, body: { commandId, appointment: null } });
  await desk.call('signIn', credentials);
  await expect.poll(() => desk.call('readStatus', {})).toMatchObject({ value: { waiting: 0 } });
});
