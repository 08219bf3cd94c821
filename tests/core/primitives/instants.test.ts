import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { instantOf } from '../../../core/domain/time/quarter.ts';
import { zonedInstant } from '../../../core/domain/time/zoned.ts';
import { durationMinutes } from '../../../core/primitives/durations.ts';
import { quarterHour } from '../../../core/primitives/instants.ts';

const messagesFor = (input: unknown) => quarterHour.safeParse(input).error?.issues.map(({ message }) => message) ?? [];
const two = (n: number) => String(n).padStart(2, '0');

describe('a scheduled start', () => {
  test('at 08:23 is refused with 08:15 and 08:30 named, and with nothing else said', () => {
    expect(messagesFor('2026-11-23T08:23:00+01:00')).toEqual([
      '08:23 is not a 15-minute boundary with whole seconds and offset. The nearest are 08:15 and 08:30.',
    ]);
  });

  test('is taken on the four boundaries of each hour and on no other minute', () => {
    for (let minute = 0; minute < 1440; minute++) {
      const clock = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
      const messages = messagesFor(`2026-11-23T${clock}:00Z`);
      expect(messages.length, clock).toBe(minute % 15 === 0 ? 0 : 1);
    }
  });

  test('off a boundary is answered with the boundaries before and after it, over midnight too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => {
        fc.pre(minute % 15 !== 0);
        const [message = ''] = messagesFor(`2026-11-23T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00Z`);
        const [, before, after] = /nearest are (\d\d:\d\d) and (\d\d:\d\d)\.$/.exec(message) ?? [];
        const floor = minute - (minute % 15);
        const clock = (m: number) => `${two(Math.floor(m / 60) % 24)}:${two(m % 60)}`;
        expect([before, after]).toEqual([clock(floor), clock(floor + 15)]);
      }),
    );
    expect(messagesFor('2026-11-23T23:50:00Z')[0]).toContain('23:45 and 00:00');
  });

  test('is taken in UTC and with the offset of any zone, and means the same quarter', () => {
    const quarter = fc.integer({ min: 1_893_456, max: 2_069_000 });
    fc.assert(
      fc.property(quarter, fc.constantFrom(...Intl.supportedValuesOf('timeZone')), (one, timeZone) => {
        expect(quarterHour.parse(instantOf(one))).toBe(instantOf(one));
        expect(quarterHour.safeParse(zonedInstant(one, timeZone)).success).toBe(true);
      }),
    );
  });

  test.each([
    ['without offset', '2026-11-23T08:15:00'],
    ['with seconds', '2026-11-23T08:15:01Z'],
    ['with a fraction of a second', '2026-11-23T08:15:00.500Z'],
    ['without seconds', '2026-11-23T08:15Z'],
    ['with a lower-case t', '2026-11-23t08:15:00Z'],
    ['with an offset off the quarter', '2026-11-23T08:15:00+01:07'],
    ['with a leading space', ' 2026-11-23T08:15:00Z'],
    ['in the 25th hour', '2026-11-23T25:15:00Z'],
    ['on 30 February', '2026-02-30T08:15:00Z'],
    ['on 29 February of a common year', '2027-02-29T08:15:00Z'],
    ['in the 13th month', '2026-13-01T08:15:00Z'],
    ['as a number', 1_795_000_000],
    ['as nothing', null],
  ])('%s is refused with one message', (_, input) => {
    expect(messagesFor(input)).toHaveLength(1);
  });

  test('is refused by the published JSON Schema pattern as well, not only by our own code', () => {
    const { pattern = '' } = z.toJSONSchema(quarterHour);
    expect(new RegExp(pattern).test('2026-11-23T08:15:00+01:00')).toBe(true);
    expect(new RegExp(pattern).test('2026-11-23T08:23:00+01:00')).toBe(false);
  });
});

describe('a duration', () => {
  test('is a multiple of 15 minutes, from a quarter of an hour to twelve hours', () => {
    const accepted = Array.from({ length: 800 }, (_, n) => n).filter((n) => durationMinutes.safeParse(n).success);
    expect(accepted).toEqual(Array.from({ length: 48 }, (_, n) => (n + 1) * 15));
  });
});
