import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

import { clockOffset } from '../../../core/primitives/envelope.ts';
import { instantBefore, type DeskClock } from '../environment/clock.ts';

/** How far the database's clock, by which commands are judged, is ahead of this PC's. */
export interface ClockOffset {
  /** In milliseconds, as last measured; null: never. */
  current(): number | null;
  /** The database's clock as the desk knows it, RFC 3339; the PC's where it was never measured. */
  databaseInstant(): string;
  /** Begins a measurement as a request leaves. The returned function ends it with the clock that the answer brought. */
  measure(): (serverClock: string | null) => void;
}

/** What is kept of the offset over a restart: a desk that starts offline makes commands too. */
export const keptClockOffset = z.object({ milliseconds: clockOffset });
type KeptClockOffset = z.infer<typeof keptClockOffset>;

export interface ClockOffsetOptions {
  readonly kept: { current(): KeptClockOffset | null; keep(value: KeptClockOffset): void };
  readonly clock: DeskClock;
  /** Hears of a store that cannot keep the offset: the answer that brought it is an answer all the same. */
  readonly onFailure: (error: unknown) => void;
}

/** An answer that was so long on its way says too little: the server read its clock at an unknown moment in between. */
const maxRoundTripMs = 10_000;
/** A smaller change is not worth a write to the disk. */
const minChangeMs = 1_000;

export function openClockOffset({ kept, clock, onFailure }: ClockOffsetOptions): ClockOffset {
  const here = () => Temporal.Instant.from(clock.instant()).epochMilliseconds;
  const current = () => kept.current()?.milliseconds ?? null;
  return {
    current,
    databaseInstant: () => instantBefore(clock.instant(), -(current() ?? 0)),
    measure() {
      const sentAt = { steady: clock.monotonicMs(), wall: here() };
      return (serverClock) => {
        const arrivedAt = { steady: clock.monotonicMs(), wall: here() };
        const roundTripMs = arrivedAt.steady - sentAt.steady;
        // The PC's clock tells of a sleep or a setting meanwhile, which the steady clock may not show.
        const longest = Math.max(roundTripMs, Math.abs(arrivedAt.wall - sentAt.wall));
        const read = serverClock === null ? null : readMilliseconds(serverClock);
        if (read === null || longest > maxRoundTripMs) return;
        const measured = keptClockOffset.safeParse({
          milliseconds: Math.round(read - (arrivedAt.wall - roundTripMs / 2)),
        });
        // The server refuses an offset that is out of all bounds, and with it the command.
        if (!measured.success) return;
        const known = current();
        if (known !== null && Math.abs(known - measured.data.milliseconds) < minChangeMs) return;
        try {
          kept.keep(measured.data);
        } catch (error) {
          onFailure(error);
        }
      };
    },
  };
}

/** The milliseconds since 1970 of an RFC 3339 instant; null for any other text. */
function readMilliseconds(text: string): number | null {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}
