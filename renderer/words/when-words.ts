import { quarterOf } from '../../core/domain/time/quarter.ts';
import { dateAt, wallTimeAt } from '../../core/domain/time/zoned.ts';
import { shortDate } from './format-date.ts';

/** `09:45`, and `Tue 24 Nov 09:45` when it is not on the day that the talk is of. In the clinic's zone. */
export function whenWords(scheduledStart: string, timeZone: string, talkOf: string | null): string {
  const quarter = quarterOf(scheduledStart);
  const date = dateAt(quarter, timeZone);
  const time = wallTimeAt(quarter, timeZone);
  return date === talkOf ? time : `${shortDate(date)} ${time}`;
}
