import { Temporal } from 'temporal-polyfill';

import type { Interval } from './interval.ts';
import { minutesPerQuarter, type Quarter } from './quarter.ts';

/**
 * Between quarters and a site's wall clock. Dates are `YYYY-MM-DD`, zones are IANA names, both of the site and never of
 * the viewer. Every zone's offset has been a multiple of 15 minutes since 1972, so a quarter never straddles a change of
 * the clocks; what does not fall on a quarter is refused with a RangeError, as is a malformed date, time or zone.
 */
const millisecondsPerQuarter = minutesPerQuarter * 60_000;

function zoned(quarter: Quarter, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(quarter * millisecondsPerQuarter).toZonedDateTimeISO(timeZone);
}

function mustQuarter(at: Temporal.ZonedDateTime): Quarter {
  const quarter = at.epochMilliseconds / millisecondsPerQuarter;
  if (!Number.isInteger(quarter)) {
    throw new RangeError(`${at.toString()} is not on a 15-minute boundary`);
  }
  return quarter;
}

/**
 * A local day from its first instant to the next day's first: 88 (Troll) to 104 quarters where the clocks change, beginning
 * after 00:00 where the change skips midnight. Throws RangeError for a day that the zone skipped altogether.
 */
export function dayBounds(date: string, timeZone: string): Interval {
  const day = Temporal.PlainDate.from(date);
  const start = mustQuarter(day.toZonedDateTime(timeZone));
  const end = mustQuarter(day.add({ days: 1 }).toZonedDateTime(timeZone));
  if (start >= end) {
    throw new RangeError(`${date} did not exist in ${timeZone}`);
  }
  return { start, end };
}

/** The local date during a quarter. */
export function dateAt(quarter: Quarter, timeZone: string): string {
  return zoned(quarter, timeZone).toPlainDate().toString();
}

/** What the wall clock shows as a quarter begins, `HH:MM`. In a fold two quarters show the same: see `isRepeated`. */
export function wallTimeAt(quarter: Quarter, timeZone: string): string {
  return zoned(quarter, timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** Whether the wall clock has already shown this quarter's time: the second pass through the hour that is repeated. */
export function isRepeated(quarter: Quarter, timeZone: string): boolean {
  const at = zoned(quarter, timeZone);
  return !at.toPlainDateTime().toZonedDateTime(timeZone, { disambiguation: 'earlier' }).equals(at);
}

/**
 * The quarter at which the wall clock shows a time, `HH:MM` or `HH:MM:SS`. In a fold the earlier of the two; null in a
 * gap, because nothing can begin at a time that the clock never shows.
 */
export function quarterAtWall(date: string, time: string, timeZone: string): Quarter | null {
  const wall = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  const at = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const quarter = mustQuarter(at);
  return at.toPlainDateTime().equals(wall) ? quarter : null;
}

/**
 * Like `quarterAtWall`, but total: a time inside a gap means the instant at which the clock jumps over it, and `24:00`
 * means the first instant of the next day. For ends and beginnings of stretches, which must not vanish with their edge.
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
  return mustQuarter(jump);
}

/** The date `days` later (earlier where negative), in the ISO calendar. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** ISO 8601: Monday is 1, Sunday is 7. */
export function weekdayOf(date: string): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

/** RFC 3339 with the zone's offset at that instant, to the second: `2026-11-23T08:15:00+01:00`. */
export function zonedInstant(quarter: Quarter, timeZone: string): string {
  return zoned(quarter, timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
