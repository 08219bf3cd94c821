import { Temporal } from 'temporal-polyfill';

import { readInstant } from './read-instant.ts';

/** A desk may come back after so many days offline with its outbox full; older commands are refused. */
export const maxCommandAgeDays = 180;
/** A desk's clock may be wrong by so many days to the future. */
export const maxDaysAhead = 10;
/**
 * A decided command is remembered for so many days. The rule below makes that enough: an id that was taken is at most
 * `maxDaysAhead` days younger than its decision, so that the id is older than `maxCommandAgeDays` before the row goes.
 */
export const commandsKeptDays = 200;

const millisecondsPerDay = 86_400_000;

/** When an id was minted, in milliseconds since 1970: the first 48 bits of a UUIDv7 (RFC 9562, 5.7). */
export function mintedAtMilliseconds(uuidv7: string): number {
  return Number.parseInt(uuidv7.replaceAll('-', '').slice(0, 12), 16);
}

/**
 * Why a command is neither decided nor remembered: the command, by its id or by `madeAt` (RFC 3339), is older than a desk's
 * outbox may be, or lies further ahead of `now` (RFC 3339) than a clock may be wrong. Null where its age is in order.
 */
export function refuseByAge(
  { commandId, madeAt }: { readonly commandId: string; readonly madeAt: string },
  now: string,
): 'too-old' | 'clock-ahead' | null {
  const nowMilliseconds = Temporal.Instant.from(now).epochMilliseconds;
  const moments = [mintedAtMilliseconds(commandId), readInstant(madeAt).epochMilliseconds];
  if (moments.some((moment) => moment < nowMilliseconds - maxCommandAgeDays * millisecondsPerDay)) return 'too-old';
  if (moments.some((moment) => moment > nowMilliseconds + maxDaysAhead * millisecondsPerDay)) return 'clock-ahead';
  return null;
}

/** The instant (RFC 3339) from which on no id was minted whose command is to be forgotten at `now`. */
export function forgettableBefore(now: string): string {
  const days = commandsKeptDays - maxDaysAhead;
  return Temporal.Instant.from(now)
    .subtract({ hours: 24 * days })
    .toString();
}
