import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  edgeAt,
  positionAfterKey,
  positionUnder,
  type CarryPosition,
} from '../../../renderer/calendar/carry-position.ts';

const day = { start: 1000, end: 1096 };
const from: CarryPosition = { index: 2, start: 1036, length: 3 };
const bounds = { columns: 5, day };

test('a card is moved by its middle and resized by its edges, a small card by its lower edge only', () => {
  expect([edgeAt(2, 38), edgeAt(20, 38), edgeAt(35, 38)]).toEqual(['start', null, 'end']);
  expect([edgeAt(1, 18), edgeAt(9, 18), edgeAt(15, 18)]).toEqual([null, null, 'end']);
});

test('a visit follows the pointer by the row where it was taken', () => {
  const taken = { edge: null, quarter: 1038 };
  expect(positionUnder(from, taken, { index: 4, quarter: 1050 }, day)).toEqual({ index: 4, start: 1048, length: 3 });
});

test('a dragged edge leaves the other edge in place, and never passes it', () => {
  const pull = (edge: 'start' | 'end', quarter: number) =>
    positionUnder(from, { edge, quarter: 0 }, { index: 0, quarter }, day);
  expect(pull('end', 1040)).toEqual({ index: 2, start: 1036, length: 5 });
  expect(pull('end', 1020)).toEqual({ index: 2, start: 1036, length: 1 });
  expect(pull('start', 1030)).toEqual({ index: 2, start: 1030, length: 9 });
  expect(pull('start', 1060)).toEqual({ index: 2, start: 1038, length: 1 });
});

test('no pointer takes a visit out of the day, or makes it longer than twelve hours', () => {
  const quarter = fc.integer({ min: day.start, max: day.end - 1 });
  const edge = fc.constantFrom('start' as const, 'end' as const, null);
  fc.assert(
    fc.property(edge, quarter, quarter, (by, taken, over) => {
      const position = positionUnder(from, { edge: by, quarter: taken }, { index: 0, quarter: over }, day);
      expect(position.start).toBeGreaterThanOrEqual(day.start);
      expect(position.start + position.length).toBeLessThanOrEqual(day.end);
      expect(position.length).toBeGreaterThanOrEqual(1);
      expect(position.length).toBeLessThanOrEqual(48);
    }),
  );
});

test('keys carry a visit by a quarter, an hour or a column, and Shift changes its length', () => {
  const after = (key: string, isShift = false) => positionAfterKey(from, key, isShift, bounds);
  expect(after('ArrowDown')).toEqual({ ...from, start: 1037 });
  expect(after('PageUp')).toEqual({ ...from, start: 1032 });
  expect(after('ArrowRight')).toEqual({ ...from, index: 3 });
  expect(after('ArrowDown', true)).toEqual({ ...from, length: 4 });
  expect(after('PageUp', true)).toEqual({ ...from, length: 1 });
  expect(after('x')).toBeNull();
});

test('no key carries a visit out of the grid', () => {
  const key = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown');
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.boolean()), { maxLength: 200 }), (keys) => {
      let position = from;
      for (const [pressed, isShift] of keys)
        position = positionAfterKey(position, pressed, isShift, bounds) ?? position;
      expect(position.index >= 0 && position.index < bounds.columns).toBe(true);
      expect(position.start >= day.start && position.start + position.length <= day.end && position.length >= 1).toBe(
        true,
      );
    }),
  );
});
