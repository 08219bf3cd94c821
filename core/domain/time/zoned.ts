import { Temporal } from 'temporal-polyfill';

import type { Interval } from './interval.ts';
import { minutesPerQuarter, type Quarter } from './quarter.ts';

/**
 * Converts between quarters and a site's wall clock. Dates are `YYYY-MM-DD`, zones are IANA names; both are the site's and
 * never the viewer's. Every zone's offset has been a multiple of 15 minutes since 1972, so the clocks never change inside a
 * quarter. All functions throw RangeError for a time off a quarter, and for a malformed date, time or zone.
 */
const millisecondsPerQuarter = minutesPerQuarter * 60_000;

/**
 * The years of the product's calendar, both inclusive. Before 1972 zones had offsets off the quarter hour, and Temporal's
 * calendar ends before PostgreSQL's does.
 */
export const calendarYears = { first: 1972, last: 2299 } as const;

/** Whether a date lies in the product's calendar. */
export function isCalendarDay(date: string): boolean {
  return date >= `${calendarYears.first}-01-01` && date <= `${calendarYears.last}-12-31`;
}

function zoned(quarter: Quarter, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(quarter * millisecondsPerQuarter).toZonedDateTimeISO(timeZone);
}

function requireQuarter(at: Temporal.ZonedDateTime): Quarter {
  const quarter = at.epochMilliseconds / millisecondsPerQuarter;
  if (!Number.isInteger(quarter)) {
    throw new RangeError(`${at.toString()} is not on a 15-minute boundary`);
  }
  return quarter;
}

/**
 * A local day, from its first instant to the first instant of the next day. Where the clocks change a day has 88 (Troll) to
 * 104 quarters; it begins after 00:00 where the change skips midnight. Throws RangeError for a day that the zone skipped.
 */
export function dayBounds(date: string, timeZone: string): Interval {
  const day = Temporal.PlainDate.from(date);
  const start = requireQuarter(day.toZonedDateTime(timeZone));
  const end = requireQuarter(day.add({ days: 1 }).toZonedDateTime(timeZone));
  if (start >= end) {
    throw new RangeError(`${date} did not exist in ${timeZone}`);
  }
  return { start, end };
}

/** The local date during a quarter. */
export function dateAt(quarter: Quarter, timeZone: string): string {
  return zoned(quarter, timeZone).toPlainDate().toString();
}

/** What the wall clock shows as a quarter begins: `HH:MM`. In a fold two quarters show the same time: see `isRepeated`. */
export function wallTimeAt(quarter: Quarter, timeZone: string): string {
  return zoned(quarter, timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** Whether the wall clock shows this quarter's time for the second time: the later pass through a repeated hour. */
export function isRepeated(quarter: Quarter, timeZone: string): boolean {
  const at = zoned(quarter, timeZone);
  return !at.toPlainDateTime().toZonedDateTime(timeZone, { disambiguation: 'earlier' }).equals(at);
}

/**
 * The quarter at which the wall clock shows a time, `HH:MM` or `HH:MM:SS`. In a fold it is the earlier of the two; in a gap
 * it is null, because nothing can begin at a time that the clock never shows.
 */
export function quarterAtWall(date: string, time: string, timeZone: string): Quarter | null {
  const wall = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  const at = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const quarter = requireQuarter(at);
  return at.toPlainDateTime().equals(wall) ? quarter : null;
}

/**
 * Like `quarterAtWall`, but never null: a time inside a gap means the instant at which the clock jumps over it. `24:00` means
 * the first instant of the next day. For the edges of shifts, which must not vanish because the clock skips an edge.
 */
export function quarterFromWall(date: string, time: string, timeZone: string): Quarter {
  if (time.startsWith('24:00')) {
    return dayBounds(date, timeZone).end;
  }
  const quarter = quarterAtWall(date, time, timeZone);
  if (quarter !== null) {
    return quarter;
  }
  const beforeGap = Temporal.PlainDate.from(date)
    .toPlainDateTime(Temporal.PlainTime.from(time))
    .toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const jump = beforeGap.getTimeZoneTransition('next');
  if (jump === null) {
    throw new RangeError(`${timeZone} shows no ${time} on ${date}, and no jump explains it`);
  }
  return requireQuarter(jump);
}

/** The date `days` later (earlier where negative), in the ISO calendar. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** ISO 8601: Monday is 1, Sunday is 7. */
export function weekdayOf(date: string): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

/** A quarter as RFC 3339 with the zone's offset at that instant, to the second: `2026-11-23T08:15:00+01:00`. */
export function zonedInstant(quarter: Quarter, timeZone: string): string {
  return zoned(quarter, timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
