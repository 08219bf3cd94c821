import type { Site } from '../../../core/calendar/calendar.ts';
import { addDays, dateAt } from '../../../core/domain/time/zoned.ts';
import type { Stretch } from '../store/appointments.ts';

/**
 * The days that stretches of time touch, as sorted dates in each site's own zone. The end of a stretch is exclusive: a visit
 * that ends at midnight does not touch the next day. Stretches of other sites than the given ones are left out.
 */
export function touchedDays(
  stretches: readonly Stretch[],
  sites: readonly Pick<Site, 'siteId' | 'timeZone'>[],
): { siteId: string; dates: string[] }[] {
  return sites.flatMap(({ siteId, timeZone }) => {
    const touched = stretches.filter((stretch) => stretch.siteId === siteId);
    const dates = new Set(touched.flatMap((stretch) => datesOf(stretch, timeZone)));
    return dates.size === 0 ? [] : [{ siteId, dates: [...dates].toSorted() }];
  });
}

function datesOf({ start, end }: Stretch, timeZone: string): string[] {
  const last = dateAt(Math.max(start, end - 1), timeZone);
  const dates = [dateAt(start, timeZone)];
  for (let date = dates[0]; date !== undefined && date < last;) {
    date = addDays(date, 1);
    dates.push(date);
  }
  return dates;
}
