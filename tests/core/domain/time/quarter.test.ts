import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { instantOf, quarterDuring, quarterOf, quartersIn } from '../../../../core/domain/time/quarter.ts';

const quarter = fc.integer({ min: -100_000, max: 4_000_000 });

describe('quarters', () => {
  test('are named by their instant, whatever its offset', () => {
    fc.assert(
      fc.property(quarter, (one) => {
        expect(quarterOf(instantOf(one))).toBe(one);
      }),
    );
    expect(quarterOf('1970-01-01T00:15:00Z')).toBe(1);
    expect(quarterOf('2026-11-23T08:15:00+05:45')).toBe(quarterOf('2026-11-23T02:30:00Z'));
  });

  test('refuse an instant that is a second or more off the boundary, and a text that is no instant', () => {
    fc.assert(
      fc.property(quarter, fc.integer({ min: 1, max: 899 }), (one, seconds) => {
        const text = new Date((one * 900 + seconds) * 1000).toISOString();
        expect(() => quarterOf(text)).toThrow(RangeError);
        expect(quarterDuring(text)).toBe(one);
      }),
    );
    expect(() => quarterOf('quarter past eight')).toThrow(RangeError);
    expect(() => quarterDuring('quarter past eight')).toThrow(RangeError);
  });

  test('include their beginning and not their end', () => {
    expect(quarterDuring('1970-01-01T00:15:00Z')).toBe(1);
    expect(quarterDuring('1970-01-01T00:29:59.999Z')).toBe(1);
  });

  test('take minutes only in multiples of 15', () => {
    expect(quartersIn(45)).toBe(3);
    expect(() => quartersIn(40)).toThrow(RangeError);
  });
});
