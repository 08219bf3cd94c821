import { expect, test } from 'vitest';

import { cardMargins } from '../../../renderer/calendar/card-margins.ts';
import type { Visit } from '../../../renderer/visits/columns.ts';
import { dayScaleOf } from '../../../renderer/words/day-scale.ts';

const scale = dayScaleOf('2031-03-04', 'Europe/Berlin', 20);
const visit = (from: number, until: number, lanes = 1) =>
  ({ start: scale.start + from, end: scale.start + until, lane: 0, lanes }) as Visit;

test('a card begins a pixel below its time, however many cards are above it', () => {
  const visits = [visit(4, 6), visit(6, 7), visit(10, 12)];
  const spaces = cardMargins(visits, scale);
  let y = 0;
  for (const [n, { start, end }] of visits.entries()) {
    y += spaces[n] ?? 0;
    expect(y).toBe((start - scale.start) * 20 + 1);
    y += (end - start) * 20 - 2;
  }
});

test('cards side by side are outside of the flow, and the later cards ignore them', () => {
  expect(cardMargins([visit(2, 4), visit(4, 6, 2), visit(4, 6, 2), visit(6, 8)], scale)).toEqual([41, 81, 81, 42]);
});

test('a visit that began the day before begins with the day', () => {
  expect(cardMargins([visit(-3, 1), visit(1, 2)], scale)).toEqual([1, 2]);
});
