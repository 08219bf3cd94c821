import type { CalendarChange, Changes } from '../../../core/contract/calendar.ts';
import type { Person } from '../../../core/contract/session.ts';
import { quarterDuring } from '../../../core/domain/time/quarter.ts';
import { addDays, dateAt } from '../../../core/domain/time/zoned.ts';

type Change = Changes['changes'][number];

/**
 * The days that changes touch, as dates in each site's own zone, sorted. `touchesUntil` is exclusive: a visit that ends
 * at midnight leaves the next day alone. Changes at sites that the person does not have are left out.
 */
export function changedDays(changes: readonly Change[], sites: Person['sites']): { siteId: string; dates: string[] }[] {
  return sites.flatMap(({ siteId, timeZone }) => {
    const touched = changes
      .filter((change) => change.entity !== 'patient')
      .filter((change) => change.siteId === siteId);
    const dates = new Set(touched.flatMap((change) => datesTouched(change, timeZone)));
    return dates.size === 0 ? [] : [{ siteId, dates: [...dates].toSorted() }];
  });
}

function datesTouched({ touchesFrom, touchesUntil }: CalendarChange, timeZone: string): string[] {
  const first = quarterDuring(touchesFrom);
  const last = dateAt(Math.max(first, quarterDuring(touchesUntil) - 1), timeZone);
  const dates = [dateAt(first, timeZone)];
  for (let date = dates[0]; date !== undefined && date < last;) {
    date = addDays(date, 1);
    dates.push(date);
  }
  return dates;
}
