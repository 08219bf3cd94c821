import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';

import { maxCommandAgeDays, maxDaysAhead } from '../../../../core/domain/sync/command-age.ts';
import { claimedAtOf, judgedAt } from '../../../../core/domain/sync/judged-at.ts';
import { clockOffset, maxClockOffsetMilliseconds } from '../../../../core/primitives/envelope.ts';

const now = '2031-03-10T08:00:00Z';

test('a command without a claim is judged now', () => {
  expect(judgedAt(null, now)).toBe(now);
});

test.each([
  ['now', '2031-03-10T08:00:00Z'],
  ['a millisecond ago', '2031-03-10T07:59:59.999Z'],
  ['exactly seven days ago', '2031-03-03T08:00:00Z'],
  ['exactly seven days ago, in another zone', '2031-03-03T13:30:00+05:30'],
])('a claim of %s is believed', (_, claimedAt) => {
  expect(judgedAt(claimedAt, now)).toBe(claimedAt);
});

test.each([
  ['a microsecond more than seven days ago', '2031-03-03T07:59:59.999999Z'],
  ['a millisecond more than seven days ago', '2031-03-03T07:59:59.999Z'],
  ['eight days ago', '2031-03-02T08:00:00Z'],
  ['the next microsecond', '2031-03-10T08:00:00.000001Z'],
  ['tomorrow', '2031-03-11T08:00:00Z'],
  ['a hundred years ahead', '2131-03-10T08:00:00Z'],
])('a claim of %s counts for nothing', (_, claimedAt) => {
  expect(judgedAt(claimedAt, now)).toBe(now);
});

test('seven days are so many hours, also where a zone loses one', () => {
  expect(judgedAt('2031-03-24T10:00:00+01:00', '2031-03-31T11:00:00+02:00')).toBe('2031-03-24T10:00:00+01:00');
});

test.each([
  ['2031-03-10T05:00:00Z', 10_800_000, '2031-03-10T08:00:00Z'],
  ['2031-03-10T11:00:00Z', -10_800_000, '2031-03-10T08:00:00Z'],
  ['2031-03-10T08:00:00+01:00', 0, '2031-03-10T07:00:00Z'],
  ['2031-03-10T08:00:00.250Z', -1, '2031-03-10T08:00:00.249Z'],
  ['2031-03-10T08:00:00.123456789Z', 0, '2031-03-10T08:00:00.123456Z'],
  ['2031-03-10T08:00:00.123456789012345Z', 1_000, '2031-03-10T08:00:01.123456Z'],
])('%s by a clock that is %d ms behind is %s', (madeAt, offset, claimedAt) => {
  expect(claimedAtOf(madeAt, offset)).toBe(claimedAt);
});

test('an offset is a whole number of milliseconds, and at most a hundred years', () => {
  const most = maxClockOffsetMilliseconds;
  for (const offset of [0, 1, -1, most, -most]) expect(clockOffset.safeParse(offset).success).toBe(true);
  for (const offset of [
    most + 1,
    -most - 1,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    0.5,
    Number.NaN,
    Infinity,
    '1',
    null,
  ]) {
    expect(clockOffset.safeParse(offset).success).toBe(false);
  }
});

test('whatever a command may claim is an instant with a year of four digits', () => {
  const day = 86_400_000;
  fc.assert(
    fc.property(
      fc.integer({ min: -maxCommandAgeDays * day, max: maxDaysAhead * day }),
      fc.integer({ min: -maxClockOffsetMilliseconds, max: maxClockOffsetMilliseconds }),
      (madeAfter, offset) => {
        const madeAt = Temporal.Instant.from(now).add({ milliseconds: madeAfter }).toString();
        expect(claimedAtOf(madeAt, offset)).toMatch(/^\d{4}-/);
      },
    ),
  );
});
