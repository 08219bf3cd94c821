import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { slotsOfShift, type Shift } from '../../../../core/domain/roster/slots-of-shift.ts';
import { quarterOf } from '../../../../core/domain/time/quarter.ts';
import { addDays, dateAt, dayBounds, wallTimeAt, weekdayOf } from '../../../../core/domain/time/zoned.ts';

const sunday = 7;
function shift(startsAtLocal: string, endsAtLocal: string, over: Partial<Shift> = {}): Shift {
  return { weekday: sunday, startsAtLocal, endsAtLocal, validFrom: '2020-01-01', validUntil: null, ...over };
}
const hours = (open: { start: number; end: number } | null) => (open ? (open.end - open.start) / 4 : 0);

describe('the open stretch of a shift', () => {
  test('begins and ends when the clock says so, on any day of any zone whose clocks change at night', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'Asia/Kolkata',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    );
    const date = fc.integer({ min: 0, max: 2000 }).map((days) => addDays('2024-01-01', days));
    const clock = (n: number) =>
      `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`;
    const edges = fc.tuple(fc.integer({ min: 16, max: 50 }), fc.integer({ min: 51, max: 95 }));
    fc.assert(
      fc.property(zone, date, edges, (timeZone, day, [from, until]) => {
        const open = slotsOfShift(shift(clock(from), clock(until), { weekday: weekdayOf(day) }), day, timeZone);
        expect(open && [open.start, open.end].map((q) => `${dateAt(q, timeZone)} ${wallTimeAt(q, timeZone)}`)).toEqual([
          `${day} ${clock(from)}`,
          `${day} ${clock(until)}`,
        ]);
        expect(hours(open)).toBe((until - from) / 4);
      }),
    );
  });

  test('is an hour shorter or longer when the clocks change inside of it', () => {
    expect(hours(slotsOfShift(shift('00:00', '06:00'), '2026-03-29', 'Europe/Berlin'))).toBe(5);
    expect(hours(slotsOfShift(shift('00:00', '06:00'), '2026-10-25', 'Europe/Berlin'))).toBe(7);
    expect(hours(slotsOfShift(shift('00:00', '06:00'), '2026-03-22', 'Europe/Berlin'))).toBe(6);
  });

  test('of an afternoon stays in the afternoon on the days when the clocks change', () => {
    const afternoon = shift('13:00:00', '17:30:00');
    expect(slotsOfShift(afternoon, '2026-03-29', 'Europe/Berlin')).toEqual({
      start: quarterOf('2026-03-29T13:00:00+02:00'),
      end: quarterOf('2026-03-29T17:30:00+02:00'),
    });
    expect(slotsOfShift(afternoon, '2026-10-25', 'Europe/Berlin')).toEqual({
      start: quarterOf('2026-10-25T13:00:00+01:00'),
      end: quarterOf('2026-10-25T17:30:00+01:00'),
    });
  });

  test('begins or ends at the jump where its edge lies in a gap, and is null where both do', () => {
    const jump = quarterOf('2026-03-29T03:00:00+02:00');
    expect(slotsOfShift(shift('02:30', '08:00'), '2026-03-29', 'Europe/Berlin')?.start).toBe(jump);
    expect(slotsOfShift(shift('00:30', '02:30'), '2026-03-29', 'Europe/Berlin')?.end).toBe(jump);
    expect(slotsOfShift(shift('02:00', '02:45'), '2026-03-29', 'Europe/Berlin')).toBeNull();
  });

  test('until 24:00 fills the day to its end', () => {
    expect(slotsOfShift(shift('00:00', '24:00:00'), '2026-10-25', 'Europe/Berlin')).toEqual(
      dayBounds('2026-10-25', 'Europe/Berlin'),
    );
  });

  test('applies only on its weekday, from its first to its last day, both included', () => {
    const limited = shift('08:00', '12:00', { validFrom: '2026-11-08', validUntil: '2026-11-22' });
    const days = Array.from({ length: 35 }, (_, n) => addDays('2026-11-01', n));
    expect(days.filter((day) => slotsOfShift(limited, day, 'Asia/Kolkata') !== null)).toEqual([
      '2026-11-08',
      '2026-11-15',
      '2026-11-22',
    ]);
  });

  test('with an edge off the 15-minute boundary is refused', () => {
    expect(() => slotsOfShift(shift('08:10', '12:00'), '2026-11-22', 'Europe/Berlin')).toThrow(RangeError);
  });
});
