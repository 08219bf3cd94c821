import { quarterDuring } from '../../core/domain/time/quarter.ts';
import { dateAt } from '../../core/domain/time/zoned.ts';
import { minuteOf, nowQuarter, wallMinuteAt } from './clock.ts';
import { shortDate } from './format-date.ts';

/** `09:41` for a moment of today, `Mon 23 Nov 09:41` for any other day, in this zone. */
export function momentWords(instant: string, timeZone: string): string {
  const date = dateAt(quarterDuring(instant), timeZone);
  const time = wallMinuteAt(minuteOf(instant), timeZone);
  return date === dateAt(nowQuarter(), timeZone) ? time : `${shortDate(date)} ${time}`;
}
