import { setImmediate } from 'node:timers/promises';

import { afterEach, expect, test, vi } from 'vitest';

import { openDatabaseClock } from '../../../db/pg/database-clock.ts';
import type { Pool } from '../../../db/pg/pool.ts';

const day = 86_400_000;
const hostNoon = Date.parse('2031-03-05T12:00:00Z');
const databaseNoon = '2031-03-03T12:00:00.25Z';

afterEach(() => vi.useRealTimers());

/** The clock over a database whose time the test says. The host's two clocks stand still until the test moves them. */
function openWorld() {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: hostNoon });
  const database = { now: databaseNoon, isSilent: false, asked: 0 };
  const query = async () => {
    database.asked++;
    if (database.isSilent) throw new Error('no answer');
    return [{ now: database.now }];
  };
  return { database, clock: openDatabaseClock(query as unknown as Pool) };
}

test('until the first measurement a server goes by its host, and tells no desk so', async () => {
  const { clock, database } = openWorld();
  database.isSilent = true;
  await expect(clock.measure()).rejects.toThrow('no answer');
  expect(Date.parse(clock.now())).toBe(hostNoon);
  expect(clock.knownNow()).toBeNull();
});

test('a server that does not know the time measures it as soon as it is asked', async () => {
  const { clock } = openWorld();
  expect(clock.knownNow()).toBeNull();
  await setImmediate();
  expect(clock.knownNow()).toBe(databaseNoon);
});

test('after a measurement a server goes by the database, and on with its own steady time', async () => {
  const { clock } = openWorld();
  await clock.measure();
  vi.advanceTimersByTime(1_500);
  expect(clock.now()).toBe('2031-03-03T12:00:01.75Z');
  expect(clock.knownNow()).toBe('2031-03-03T12:00:01.75Z');
});

test('a measurement that fails leaves the one before', async () => {
  const { clock, database } = openWorld();
  await clock.measure();
  database.isSilent = true;
  await expect(clock.measure()).rejects.toThrow('no answer');
  expect(clock.knownNow()).toBe(databaseNoon);
});

test.each([
  ['slept, and its steady time with it', day / 3],
  ['had its clock set back', -day],
])('a host that %s tells no desk a time before the next measurement, and keeps its own', async (_, passed) => {
  const { clock, database } = openWorld();
  await clock.measure();
  vi.setSystemTime(hostNoon + passed);
  database.now = '2031-03-03T20:00:00Z';
  expect(clock.now()).toBe(databaseNoon);
  expect(clock.knownNow()).toBeNull();
  await setImmediate();
  expect(clock.knownNow()).toBe('2031-03-03T20:00:00Z');
});

test('many who ask at once wait for one measurement', async () => {
  const { clock, database } = openWorld();
  for (let n = 0; n < 10; n++) clock.knownNow();
  await clock.measure();
  expect(database.asked).toBe(1);
});
