import { quarterOf } from '../../core/domain/time/quarter.ts';
import { dateAt, wallTimeAt } from '../../core/domain/time/zoned.ts';
import { shortDate } from './format-date.ts';

/** `09:45` on the day `talkOf`, `Tue 24 Nov 09:45` on any other day, in the clinic's zone. */
export function whenWords(scheduledStart: string, timeZone: string, talkOf: string | null): string {
  const quarter = quarterOf(scheduledStart);
  const date = dateAt(quarter, timeZone);
  const time = wallTimeAt(quarter, timeZone);
  return date === talkOf ? time : `${shortDate(date)} ${time}`;
}
