import type { Interval } from '../time/interval.ts';
import { quarterFromWall, weekdayOf } from '../time/zoned.ts';

/** A weekly stretch of work. Times are the site's wall clock, `HH:MM` or `HH:MM:SS`; dates are the site's and inclusive. */
export interface Shift {
  /** ISO 8601: Monday is 1. */
  readonly weekday: number;
  readonly startsAtLocal: string;
  /** After `startsAtLocal`; `24:00` is the end of the day. */
  readonly endsAtLocal: string;
  readonly validFrom: string;
  readonly validUntil: string | null;
}

/**
 * The interval that a shift opens on one local day; null where the shift does not apply on that day. Both edges are wall
 * times: where the clocks change inside the shift, the interval is an hour shorter or longer and still ends by the clock.
 * An edge in a gap moves to the jump; an edge in a fold is the earlier pass. Throws RangeError for an edge off a 15-minute
 * boundary.
 */
export function slotsOfShift(shift: Shift, date: string, timeZone: string): Interval | null {
  if (weekdayOf(date) !== shift.weekday || date < shift.validFrom) return null;
  if (shift.validUntil !== null && date > shift.validUntil) return null;
  const start = quarterFromWall(date, shift.startsAtLocal, timeZone);
  const end = quarterFromWall(date, shift.endsAtLocal, timeZone);
  return start < end ? { start, end } : null;
}
