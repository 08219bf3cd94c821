import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { slotTable } from '../../../../core/domain/bookings/slot-table.ts';
import { quartersOf } from '../../../../core/domain/time/interval.ts';
import { range, stateAt } from './naive-model.ts';
import { calendar, day } from './small-clinics.ts';

const ignoring = fc.constantFrom(undefined, 'held-1', 'held-2');
const beyond = { start: day.start - 4, end: day.end + 4 };
const stretch = fc
  .tuple(fc.integer({ min: beyond.start, max: beyond.end }), fc.integer({ min: 1, max: 9 }))
  .map(([start, length]) => ({ start, end: start + length }));

describe('the slot table', () => {
  test('says the same of every quarter of every resource as a search through all facts', () => {
    fc.assert(
      fc.property(calendar, ignoring, (facts, ignored) => {
        const table = slotTable(facts, { ignoring: ignored });
        for (const { resourceId } of facts.resources) {
          for (const quarter of quartersOf(beyond)) {
            expect(table.stateOf(resourceId, quarter)).toBe(stateAt(facts, resourceId, quarter, ignored));
          }
        }
      }),
    );
  });

  test('calls an interval free exactly when each of its quarters is', () => {
    fc.assert(
      fc.property(calendar, ignoring, stretch, (facts, ignored, interval) => {
        const table = slotTable(facts, { ignoring: ignored });
        for (const { resourceId } of facts.resources) {
          const isFree = quartersOf(interval).every((q) => stateAt(facts, resourceId, q, ignored) === 'free');
          expect(table.isFree(resourceId, interval)).toBe(isFree);
        }
      }),
    );
  });

  test('gives the free stretches of a window whole, sorted and apart', () => {
    fc.assert(
      fc.property(calendar, stretch, (facts, within) => {
        const table = slotTable(facts);
        for (const { resourceId } of facts.resources) {
          const free = table.freeIntervals(resourceId, within);
          const expected = quartersOf(within).filter((q) => stateAt(facts, resourceId, q) === 'free');
          expect(free.flatMap(quartersOf)).toEqual(expected);
          for (const [n, next] of free.entries()) {
            expect(n === 0 || (free[n - 1]?.end ?? 0) < next.start).toBe(true);
          }
        }
      }),
    );
  });

  test('says the same inside a window to which it is narrowed, and calls everything outside closed', () => {
    fc.assert(
      fc.property(calendar, stretch, (facts, within) => {
        const whole = slotTable(facts);
        const narrow = slotTable(facts, { within });
        for (const { resourceId } of facts.resources) {
          for (const quarter of range(beyond.start, beyond.end)) {
            const isInside = within.start <= quarter && quarter < within.end;
            expect(narrow.stateOf(resourceId, quarter)).toBe(isInside ? whole.stateOf(resourceId, quarter) : 'closed');
          }
        }
      }),
    );
  });

  test('of a calendar without a single open slot is closed everywhere', () => {
    const table = slotTable({ siteId: 'site', resources: [], openRuns: [], occupancies: [] });
    expect(table.stateOf('anyone', 0)).toBe('closed');
    expect(table.isFree('anyone', { start: 0, end: 1 })).toBe(false);
    expect(table.freeIntervals('anyone', { start: 0, end: 9 })).toEqual([]);
  });
});
