import { expect, test } from 'vitest';

import { quarterFromWall } from '../../../core/domain/time/zoned.ts';
import { rowHeights } from '../../../renderer/screens/day/day-settings.ts';
import {
  cardLinePx,
  clockAt,
  dayScaleOf,
  heightOf,
  hourMarks,
  quarterAt,
  topOf,
} from '../../../renderer/words/day-scale.ts';

const berlin = 'Europe/Berlin';
const rowPx = 20;

test('an ordinary day has 96 rows, a day that loses an hour 92, and a day that gains an hour 100', () => {
  expect(heightOf(dayScaleOf('2026-11-23', berlin))).toBe(96 * rowPx);
  expect(heightOf(dayScaleOf('2026-03-29', berlin))).toBe(92 * rowPx);
  expect(heightOf(dayScaleOf('2026-10-25', berlin))).toBe(100 * rowPx);
});

test('on the day that loses an hour no row says 02:00, and the afternoon is at the rows of its clock', () => {
  const scale = dayScaleOf('2026-03-29', berlin);
  expect(scale.labels).not.toContain('02:00');
  expect(topOf(scale, quarterFromWall('2026-03-29', '14:00', berlin))).toBe((14 - 1) * 4 * rowPx);
});

test('on the day that gains an hour 02:00 appears twice, and the second one is marked', () => {
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

test('the zoom changes the height of a row, and nothing else', () => {
  const [ordinary, large] = [20, 28].map((height) => dayScaleOf('2026-11-23', berlin, height));
  if (!ordinary || !large) throw new Error('there are two');
  expect(large).toEqual({ ...ordinary, rowPx: 28 });
  expect(heightOf(large)).toBe(96 * 28);
  expect(clockAt(large, quarterAt(large, 8 * 4 * 28))).toBe('08:00');
});

test('at each zoom the shortest visit is a whole line high', () => {
  for (const height of rowHeights) {
    const scale = dayScaleOf('2026-11-23', berlin, height);
    expect(Math.floor((height - 2) / cardLinePx(scale))).toBe(1);
  }
});

test('a height in the grid belongs to the row that covers it, and never lies outside the day', () => {
  const scale = dayScaleOf('2026-11-23', berlin);
  expect(clockAt(scale, quarterAt(scale, 8 * 4 * rowPx + 19))).toBe('08:00');
  expect(clockAt(scale, quarterAt(scale, 8 * 4 * rowPx + 20))).toBe('08:15');
  expect(quarterAt(scale, -100)).toBe(scale.start);
  expect(quarterAt(scale, 1e6)).toBe(scale.end - 1);
});
