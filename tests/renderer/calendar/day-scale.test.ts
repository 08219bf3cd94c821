import { expect, test } from 'vitest';

import { quarterFromWall } from '../../../core/domain/time/zoned.ts';
import {
  clockAt,
  dayScaleOf,
  heightOf,
  hourMarks,
  quarterAt,
  rowPx,
  topOf,
} from '../../../renderer/calendar/day-scale.ts';

const berlin = 'Europe/Berlin';

test('an ordinary day has 96 rows, the day that loses an hour 92, the one that gains one 100', () => {
  expect(heightOf(dayScaleOf('2026-11-23', berlin))).toBe(96 * rowPx);
  expect(heightOf(dayScaleOf('2026-03-29', berlin))).toBe(92 * rowPx);
  expect(heightOf(dayScaleOf('2026-10-25', berlin))).toBe(100 * rowPx);
});

test('on the day that loses an hour no row says 02:00, and the afternoon stands where its clock says', () => {
  const scale = dayScaleOf('2026-03-29', berlin);
  expect(scale.labels).not.toContain('02:00');
  expect(topOf(scale, quarterFromWall('2026-03-29', '14:00', berlin))).toBe((14 - 1) * 4 * rowPx);
});

test('on the day that gains an hour 02:00 stands twice, and the second one is marked', () => {
  const marks = hourMarks(dayScaleOf('2026-10-25', berlin)).filter(({ label }) => label === '02:00');
  expect(marks.map(({ isRepeated }) => isRepeated)).toEqual([false, true]);
});

test('half an hour of clock change moves the hours of Lord Howe by two rows', () => {
  const scale = dayScaleOf('2026-10-04', 'Australia/Lord_Howe');
  expect(scale.labels).toHaveLength(94);
  const hours = hourMarks(scale).filter(({ isFullHour }) => isFullHour);
  expect(hours.map(({ label }) => label)).not.toContain('02:00');
  expect(hours).toHaveLength(23);
});

test('a height of the grid is the row that covers it, and never outside of the day', () => {
  const scale = dayScaleOf('2026-11-23', berlin);
  expect(clockAt(scale, quarterAt(scale, 8 * 4 * rowPx + 19))).toBe('08:00');
  expect(clockAt(scale, quarterAt(scale, 8 * 4 * rowPx + 20))).toBe('08:15');
  expect(quarterAt(scale, -100)).toBe(scale.start);
  expect(quarterAt(scale, 1e6)).toBe(scale.end - 1);
});
