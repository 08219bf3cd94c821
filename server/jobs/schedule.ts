import { Temporal } from 'temporal-polyfill';

import type { Schedule } from './job.ts';

const maxBackOffMinutes = 60;

/** When a job is due again (RFC 3339) after a turn that was done at `now`. */
export function nextTurn(schedule: Schedule, now: string): string {
  const at = Temporal.Instant.from(now);
  if ('everyMinutes' in schedule) return at.add({ minutes: schedule.everyMinutes }).toString();
  const today = at.toZonedDateTimeISO('UTC').withPlainTime(schedule.dailyAtUtc);
  const next = Temporal.Instant.compare(today.toInstant(), at) > 0 ? today : today.add({ days: 1 });
  return next.toInstant().toString();
}

/** When a job is tried again (RFC 3339) that failed so many times in a row: after 1, 2, 4, … minutes, at most an hour. */
export function nextTry(failures: number, now: string): string {
  const minutes = Math.min(maxBackOffMinutes, 2 ** (failures - 1));
  return Temporal.Instant.from(now).add({ minutes }).toString();
}
