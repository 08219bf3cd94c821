import { Temporal } from 'temporal-polyfill';

import { readInstant } from './read-instant.ts';

/** A paired desk is believed about so many days back: it may have been offline that long when its command was made. */
export const maxClaimedDays = 7;

/**
 * The instant as of which a command is judged: what is past, what is today, when a patient arrived. `claimedAt` is when the
 * command was made by its desk's clock, corrected to the database's; null where no paired desk says so. A claim about the
 * future, or about more than seven days ago, counts for nothing. All are RFC 3339; `now` is the database's clock. The
 * database's `judged_at` has the same lines; a test compares the two.
 */
export function judgedAt(claimedAt: string | null, now: string): string {
  if (claimedAt === null) return now;
  const claimed = Temporal.Instant.from(claimedAt);
  const latest = Temporal.Instant.from(now);
  const earliest = latest.subtract({ hours: 24 * maxClaimedDays });
  const isBelieved = Temporal.Instant.compare(claimed, earliest) >= 0 && Temporal.Instant.compare(claimed, latest) <= 0;
  return isBelieved ? claimedAt : now;
}

/**
 * When a command was made by the database's clock: `madeAt` by the desk's clock (RFC 3339), and how far that clock is behind.
 * PostgreSQL keeps microseconds, so finer digits are left out here: `judgedAt` and `judged_at` then compare the same instant.
 */
export function claimedAtOf(madeAt: string, clockOffsetMilliseconds: number): string {
  return readInstant(madeAt)
    .add({ milliseconds: clockOffsetMilliseconds })
    .round({ smallestUnit: 'microsecond', roundingMode: 'floor' })
    .toString();
}
