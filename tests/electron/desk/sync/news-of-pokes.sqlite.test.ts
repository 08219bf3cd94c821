import { describe, expect, test } from 'vitest';

import { aDayView, anAppointment, aVisitChange, berlin, cursorAt, someChanges } from '../../builders.ts';
import { readDay, scratchServer, signedInDesk } from '../../scratch.ts';
import { statusOf } from '../offline-desk.ts';

const today = { siteId: berlin.siteId, date: '2026-11-23' };

describe('news that come with a poke', () => {
  const visit = anAppointment();
  const touched = { touchesFrom: '2026-11-23T08:00:00Z', touchesUntil: '2026-11-23T09:00:00Z' };
  // A cancelled visit makes no day stale.
  const changes = [aVisitChange({ ...visit, version: visit.version + 1, status: 'cancelled' }, touched)];

  /** A desk that has the visit, and whose cursor is 200. */
  async function standingDesk() {
    const server = await scratchServer();
    server.script.day = aDayView({ appointments: [visit] });
    const { desk } = await signedInDesk(server);
    const caughtUpAt = async () => (await statusOf(desk))?.caughtUpAt;
    const before = await caughtUpAt();
    server.script.changes.push(someChanges({ cursor: cursorAt(200) }));
    server.poke();
    await expect.poll(caughtUpAt).not.toBe(before);
    const visits = async () => (await readDay(desk, today)).view.appointments;
    expect(await visits()).toEqual([visit]);
    return { server, caughtUpAt, visits, asked: () => server.cursorsAsked.length };
  }

  test('are applied without a request where they follow the cursor of the desk', async () => {
    const { server, visits, asked } = await standingDesk();
    const before = asked();
    server.poke({ from: cursorAt(200), changes: someChanges({ cursor: cursorAt(201), changes }) });
    await expect.poll(visits).toEqual([]);
    server.poke({ from: cursorAt(201), changes: someChanges({ cursor: cursorAt(202) }) });
    server.poke();
    await expect.poll(() => server.cursorsAsked.slice(before)).toEqual([cursorAt(202)]);
  });

  test('have the desk pull where they follow another cursor', async () => {
    const { server, visits, asked } = await standingDesk();
    const before = asked();
    server.poke({ from: cursorAt(210), changes: someChanges({ cursor: cursorAt(211), changes }) });
    await expect.poll(() => server.cursorsAsked.slice(before)).toEqual([cursorAt(200)]);
    expect(await visits()).toEqual([visit]);
  });

  test('change nothing where they end before the cursor of the desk, and are applied where they reach beyond it', async () => {
    const { server, visits, asked } = await standingDesk();
    const before = asked();
    server.poke({ from: cursorAt(180), changes: someChanges({ cursor: cursorAt(190), changes }) });
    server.poke();
    await expect.poll(() => server.cursorsAsked.slice(before)).toEqual([cursorAt(200)]);
    expect(await visits()).toEqual([visit]);
    server.poke({ from: cursorAt(190), changes: someChanges({ cursor: cursorAt(210), changes }) });
    await expect.poll(visits).toEqual([]);
    server.poke();
    await expect.poll(() => server.cursorsAsked.slice(before + 1)).toEqual([cursorAt(210)]);
  });

  test('are followed by a pull where rows were withheld', async () => {
    const { server, visits } = await standingDesk();
    server.script.changes.push(someChanges({ cursor: cursorAt(202), changes }));
    server.poke({ from: cursorAt(200), changes: someChanges({ cursor: cursorAt(201), withheld: true }) });
    await expect.poll(visits).toEqual([]);
  });

  test('do not move the time until which the desk knows everything: they may have been under way for long', async () => {
    const { server, visits, caughtUpAt } = await standingDesk();
    const before = await caughtUpAt();
    server.poke({ from: cursorAt(200), changes: someChanges({ cursor: cursorAt(201), changes }) });
    await expect.poll(visits).toEqual([]);
    expect(await caughtUpAt()).toBe(before);
  });
});
