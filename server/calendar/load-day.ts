import type { Interval } from '../../core/domain/time/interval.ts';
import { instantOf } from '../../core/domain/time/quarter.ts';
import { calendarYears, dayBounds, isCalendarDay } from '../../core/domain/time/zoned.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { problem, ProblemError } from '../problems/problems.ts';

export interface DayWanted {
  readonly orgId: string;
  readonly siteId: string;
  /** Site-local, `2026-11-23`. */
  readonly date: string;
  readonly withPatients: boolean;
}

/**
 * One day of one site, from one snapshot: the contract's `dayView` as the JSON that PostgreSQL wrote. It holds the visits that
 * hold slots and touch the day, buffers included, the open runs, the resources, the services, and the patients where
 * `withPatients`. The server passes the JSON on unread: a desk reads a whole window of days at once, and for a day of 1,250
 * visits to parse, check and write it took longer than to make it. Throws the 404 for an unknown site and for a day that
 * the site's zone never had.
 */
export async function loadDay(pool: Pool, { orgId, siteId, date, withPatients }: DayWanted): Promise<string> {
  const [site] = await pool<{ timeZone: string | null }[]>`
    select holdfast_api.find_time_zone(${orgId}, ${siteId}) as "timeZone"`;
  if (!site?.timeZone) {
    throw new ProblemError(problem('not-found', 'There is no such site in your organization.', null));
  }
  const { start, end } = requireDayBounds(date, site.timeZone);
  const [row] = await pool<{ day: string }[]>`
    select holdfast_api.day_view(${orgId}, ${siteId}, ${date}, ${instantOf(start)}, ${instantOf(end)}, ${withPatients})::text as day`;
  if (!row) throw new Error('the call returned no row');
  return row.day;
}

function requireDayBounds(date: string, timeZone: string): Interval {
  try {
    if (!isCalendarDay(date)) throw new RangeError('not a day of the calendar');
    return dayBounds(date, timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { first, last } = calendarYears;
    const detail = `There is no day ${date} at this site. Choose one from ${first} to ${last}.`;
    throw new ProblemError(problem('not-found', detail, null));
  }
}
