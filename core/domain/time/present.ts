import type { Interval } from './interval.ts';
import type { Quarter } from './quarter.ts';
import { dateAt, dayBounds } from './zoned.ts';

/** The present at a site: the quarter during which it lies, and the calendar day in the site's zone. */
export interface Present {
  readonly now: Quarter;
  readonly today: Interval;
}

export function presentAt(now: Quarter, timeZone: string): Present {
  return { now, today: dayBounds(dateAt(now, timeZone), timeZone) };
}
