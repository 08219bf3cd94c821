import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  contains,
  overlaps,
  quartersOf,
  subtract,
  union,
  type Interval,
} from '../../../../core/domain/time/interval.ts';

const interval = fc
  .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 6 }))
  .map(([start, length]): Interval => ({ start, end: start + length }));
const intervals = fc.array(interval, { maxLength: 12 });

/** The naive model: an interval is the set of its quarters. */
const covered = (list: readonly Interval[]) => new Set(list.flatMap(quartersOf));

function isSortedAndApart(list: readonly Interval[]): boolean {
  return list.every((next, n) => next.start < next.end && (n === 0 || (list[n - 1] as Interval).end < next.start));
}

describe('intervals behave like sets of quarters', () => {
  test('two intervals overlap exactly when they share a quarter', () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        expect(overlaps(a, b)).toBe(quartersOf(a).some((quarter) => quartersOf(b).includes(quarter)));
        expect(overlaps(b, a)).toBe(overlaps(a, b));
      }),
    );
  });

  test('intervals that touch do not overlap', () => {
    expect(overlaps({ start: 0, end: 2 }, { start: 2, end: 4 })).toBe(false);
  });

  test('an interval contains another exactly when it has each of its quarters', () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        expect(contains(a, b)).toBe(quartersOf(b).every((quarter) => quartersOf(a).includes(quarter)));
      }),
    );
  });

  test('a union covers what its parts cover, sorted, without overlaps or touching neighbours', () => {
    fc.assert(
      fc.property(intervals, (list) => {
        const result = union(list);
        expect(covered(result)).toEqual(covered(list));
        expect(isSortedAndApart(result)).toBe(true);
      }),
    );
  });

  test('a union does not depend on the order of its parts, and making it again changes nothing', () => {
    fc.assert(
      fc.property(intervals, (list) => {
        expect(union(list.toReversed())).toEqual(union(list));
        expect(union(union(list))).toEqual(union(list));
      }),
    );
  });

  test('subtracting leaves what only the first covers, sorted and apart', () => {
    fc.assert(
      fc.property(intervals, intervals, (list, removed) => {
        const result = subtract(list, removed);
        expect(covered(result)).toEqual(
          new Set([...covered(list)].filter((quarter) => !covered(removed).has(quarter))),
        );
        expect(isSortedAndApart(result)).toBe(true);
      }),
    );
  });

  test('what was subtracted and what is left make the whole again', () => {
    fc.assert(
      fc.property(intervals, intervals, (list, removed) => {
        expect(union([...subtract(list, removed), ...subtract(list, subtract(list, removed))])).toEqual(union(list));
        expect(subtract(list, list)).toEqual([]);
      }),
    );
  });
});
