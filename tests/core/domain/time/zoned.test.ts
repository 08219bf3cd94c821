import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';

import { instantOf, quarterOf } from '../../../../core/domain/time/quarter.ts';
import {
  addDays,
  dateAt,
  dayBounds,
  isRepeated,
  quarterAtWall,
  quarterFromWall,
  wallTimeAt,
  weekdayOf,
  zonedInstant,
} from '../../../../core/domain/time/zoned.ts';

const zones = Intl.supportedValuesOf('timeZone');
const from = Temporal.Instant.from('2024-01-01T00:00:00Z');
const until = Temporal.Instant.from('2029-01-01T00:00:00Z');
const millisecondsPerQuarter = 900_000;

/** Every change of a zone's clocks in 2024 to 2028, as the quarter from which the new offset holds. */
function changesIn(timeZone: string): number[] {
  const changes: number[] = [];
  let at = from.toZonedDateTimeISO(timeZone).getTimeZoneTransition('next');
  while (at && at.epochMilliseconds < until.epochMilliseconds) {
    changes.push(at.epochMilliseconds / millisecondsPerQuarter);
    at = at.getTimeZoneTransition('next');
  }
  return changes;
}

const allChanges = zones.flatMap((timeZone) => changesIn(timeZone).map((quarter) => ({ timeZone, quarter })));

const formats = new Map<string, Intl.DateTimeFormat>();
/** The platform's own calendar, apart from Temporal: what the wall shows as a quarter begins. */
function platformWall(quarter: number, timeZone: string): { date: string; time: string } {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    formats.set(timeZone, format);
  }
  const [date = '', time = ''] = format.format(quarter * millisecondsPerQuarter).split(' ');
  return { date, time };
}

const zone = fc.constantFrom(...zones);
const date = fc.integer({ min: 0, max: 5 * 365 }).map((days) => addDays('2024-01-01', days));
const quarterNear = fc.integer({
  min: from.epochMilliseconds / millisecondsPerQuarter,
  max: until.epochMilliseconds / millisecondsPerQuarter,
});

describe('a local day', () => {
  test('around every change of clocks of every zone begins and ends where the platform sees the date change', () => {
    expect(allChanges.length).toBeGreaterThan(1000);
    const lengths = new Set<number>();
    const wrong: string[] = [];
    for (const { timeZone, quarter } of allChanges) {
      const changing = dateAt(quarter, timeZone);
      for (const day of [addDays(changing, -1), changing, addDays(changing, 1)]) {
        const { start, end } = dayBounds(day, timeZone);
        lengths.add(end - start);
        const seen = [start - 1, start, end - 1, end].map((edge) => platformWall(edge, timeZone).date);
        if (seen.join() !== [addDays(day, -1), day, day, addDays(day, 1)].join()) {
          wrong.push(`${day} in ${timeZone}: ${seen.join()}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    // A test without days of each of these lengths would prove nothing.
    expect([...lengths].toSorted((a, b) => a - b)).toEqual(expect.arrayContaining([92, 94, 96, 98, 100]));
  });

  test('has the quarters that show its date and no others, in every zone on any day', () => {
    fc.assert(
      fc.property(zone, date, (timeZone, day) => {
        const { start, end } = dayBounds(day, timeZone);
        const nearby = Array.from({ length: end - start + 16 }, (_, n) => start - 8 + n);
        const own = nearby.filter((quarter) => platformWall(quarter, timeZone).date === day);
        expect(own).toEqual(nearby.slice(8, -8));
      }),
      { numRuns: 150 },
    );
  });

  test('of 23 and 25 hours is bounded as it is, and so is Lord Howe with its half hour', () => {
    const hours = (day: string, timeZone: string) => {
      const { start, end } = dayBounds(day, timeZone);
      return (end - start) / 4;
    };
    expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23);
    expect(hours('2026-10-25', 'Europe/Berlin')).toBe(25);
    expect(hours('2026-10-04', 'Australia/Lord_Howe')).toBe(23.5);
    expect(hours('2026-04-05', 'Australia/Lord_Howe')).toBe(24.5);
    expect(hours('2026-03-29', 'Asia/Kolkata')).toBe(24);
  });

  test('begins at 01:00 where the change skips midnight', () => {
    const { start } = dayBounds('2026-04-24', 'Africa/Cairo');
    expect(zonedInstant(start, 'Africa/Cairo')).toBe('2026-04-24T01:00:00+03:00');
    expect(quarterAtWall('2026-04-24', '00:00', 'Africa/Cairo')).toBeNull();
  });

  test('that a zone skipped altogether is refused', () => {
    expect(() => dayBounds('2011-12-30', 'Pacific/Apia')).toThrow(RangeError);
  });
});

describe('wall clock and quarters', () => {
  test('show what the platform shows, and lead back to the same quarter, around every change of every zone', () => {
    const wrong: string[] = [];
    let repeats = 0;
    for (const { timeZone, quarter: change } of allChanges) {
      for (let quarter = change - 10; quarter < change + 10; quarter++) {
        const wall = { date: dateAt(quarter, timeZone), time: wallTimeAt(quarter, timeZone) };
        const shown = platformWall(quarter, timeZone);
        const back = quarterAtWall(wall.date, wall.time, timeZone);
        const repeated = isRepeated(quarter, timeZone);
        const isRight = repeated ? back !== null && back < quarter : back === quarter;
        if (repeated) repeats++;
        if (shown.date !== wall.date || shown.time !== wall.time || !isRight) {
          wrong.push(`${instantOf(quarter)} in ${timeZone}: ${JSON.stringify({ wall, shown, back, repeated })}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(repeats).toBeGreaterThan(1000);
  });

  test('lead back to the same quarter in any zone at any time, unless the hour is repeated', () => {
    fc.assert(
      fc.property(zone, quarterNear, (timeZone, quarter) => {
        const back = quarterAtWall(dateAt(quarter, timeZone), wallTimeAt(quarter, timeZone), timeZone);
        expect(back === quarter).toBe(!isRepeated(quarter, timeZone));
      }),
      { numRuns: 500 },
    );
  });

  test('have no quarter for a time inside a gap, and take the jump for its edge', () => {
    const gaps = [
      { timeZone: 'Europe/Berlin', day: '2026-03-29', times: ['02:00', '02:15', '02:45'], jump: '03:00:00+02:00' },
      { timeZone: 'Australia/Lord_Howe', day: '2026-10-04', times: ['02:00', '02:15'], jump: '02:30:00+11:00' },
    ];
    for (const { timeZone, day, times, jump } of gaps) {
      for (const time of times) {
        expect(quarterAtWall(day, time, timeZone)).toBeNull();
        expect(zonedInstant(quarterFromWall(day, time, timeZone), timeZone)).toBe(`${day}T${jump}`);
      }
    }
    expect(quarterAtWall('2026-03-29', '01:45', 'Europe/Berlin')).toBe(quarterOf('2026-03-29T01:45:00+01:00'));
    expect(quarterAtWall('2026-03-29', '03:00', 'Europe/Berlin')).toBe(quarterOf('2026-03-29T03:00:00+02:00'));
  });

  test('take a time of a repeated hour for the earlier pass, and mark the later one', () => {
    const first = quarterOf('2026-10-25T02:15:00+02:00');
    expect(quarterAtWall('2026-10-25', '02:15', 'Europe/Berlin')).toBe(first);
    expect(isRepeated(first, 'Europe/Berlin')).toBe(false);
    expect(isRepeated(first + 4, 'Europe/Berlin')).toBe(true);
    expect(wallTimeAt(first + 4, 'Europe/Berlin')).toBe('02:15');
    expect(zonedInstant(first + 4, 'Europe/Berlin')).toBe('2026-10-25T02:15:00+01:00');
  });

  test('take 24:00 for the first instant of the next day', () => {
    const { end } = dayBounds('2026-10-25', 'Europe/Berlin');
    expect(quarterFromWall('2026-10-25', '24:00', 'Europe/Berlin')).toBe(end);
    expect(quarterFromWall('2026-10-25', '24:00:00', 'Europe/Berlin')).toBe(end);
  });

  test('refuse a time off a 15-minute boundary, and a malformed date, time or zone', () => {
    expect(() => quarterAtWall('2026-11-23', '08:23', 'Europe/Berlin')).toThrow(RangeError);
    expect(() => quarterAtWall('2026-02-30', '08:15', 'Europe/Berlin')).toThrow(RangeError);
    expect(() => quarterAtWall('2026-11-23', '25:15', 'Europe/Berlin')).toThrow(RangeError);
    expect(() => dayBounds('2026-11-23', 'Europe/Atlantis')).toThrow(RangeError);
  });
});

describe('instants and dates', () => {
  test("an instant with the zone's offset names the same quarter, in every zone", () => {
    fc.assert(
      fc.property(zone, quarterNear, (timeZone, quarter) => {
        const text = zonedInstant(quarter, timeZone);
        expect(quarterOf(text)).toBe(quarter);
        expect(text.slice(0, 16)).toBe(`${dateAt(quarter, timeZone)}T${wallTimeAt(quarter, timeZone)}`);
        expect(quarterOf(instantOf(quarter))).toBe(quarter);
      }),
    );
  });

  test('days that are added and taken away again lead back, and the weekday repeats after seven', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -800, max: 800 }), (day, days) => {
        expect(addDays(addDays(day, days), -days)).toBe(day);
        expect((weekdayOf(addDays(day, days)) - weekdayOf(day) - days) % 7 === 0).toBe(true);
      }),
    );
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(weekdayOf('2026-11-23')).toBe(1);
    expect(weekdayOf('2026-11-22')).toBe(7);
  });
});
