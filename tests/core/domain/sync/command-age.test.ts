import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';

import {
  commandsKeptDays,
  maxCommandAgeDays,
  maxDaysAhead,
  mintedAtMilliseconds,
  refuseByAge,
} from '../../../../core/domain/sync/command-age.ts';

const now = '2031-03-02T08:00:00Z';
const day = 86_400_000;

/** A command whose id and `madeAt` lie so many milliseconds after `now`. */
const commandAt = (idMs: number, madeMs = idMs) => ({
  commandId: uuidv7({ msecs: Date.parse(now) + idMs }),
  madeAt: new Date(Date.parse(now) + madeMs).toISOString(),
});

test("an id's own time is read from its first 48 bits, as in the example of RFC 9562", () => {
  expect(mintedAtMilliseconds('017F22E2-79B0-7CC3-98C4-DC0C0C07398F')).toBe(Date.parse('2022-02-22T19:22:22.000Z'));
});

test('a command of the last 180 days is taken, to the millisecond', () => {
  expect(refuseByAge(commandAt(0), now)).toBeNull();
  expect(refuseByAge(commandAt(-180 * day), now)).toBeNull();
  expect(refuseByAge(commandAt(-180 * day - 1), now)).toBe('too-old');
});

test('an old id is refused whatever the command says of its making, and an old making whatever the id says', () => {
  expect(refuseByAge(commandAt(-181 * day, 0), now)).toBe('too-old');
  expect(refuseByAge(commandAt(0, -181 * day), now)).toBe('too-old');
});

test('a clock may be ten days ahead, and no more', () => {
  expect(refuseByAge(commandAt(10 * day), now)).toBeNull();
  expect(refuseByAge(commandAt(10 * day + 1), now)).toBe('clock-ahead');
  expect(refuseByAge(commandAt(0, 11 * day), now)).toBe('clock-ahead');
  expect(refuseByAge(commandAt(11 * day, 0), now)).toBe('clock-ahead');
});

test('madeAt is read with its offset', () => {
  const { commandId } = commandAt(0);
  expect(refuseByAge({ commandId, madeAt: '2031-03-12T13:00:00+05:00' }, now)).toBeNull();
  expect(refuseByAge({ commandId, madeAt: '2031-03-12T13:00:00+04:00' }, now)).toBe('clock-ahead');
});

test('madeAt may have more digits than a clock', () => {
  const { commandId } = commandAt(0);
  expect(refuseByAge({ commandId, madeAt: '2031-03-02T08:00:00.123456789012Z' }, now)).toBeNull();
});

test('a command that could be taken is never one whose row is gone, with days to spare for clocks that differ', () => {
  expect(commandsKeptDays - maxDaysAhead - maxCommandAgeDays).toBeGreaterThanOrEqual(10);
});
