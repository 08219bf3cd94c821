import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

import type { Store } from '../../../db/sqlite/open-store.ts';
import type { DeskClock } from '../environment/clock.ts';
import { openKeptSetting } from '../store/kept-setting.ts';

/** How far the database's clock, by which commands are judged, is ahead of this PC's. */
export interface ClockOffset {
  /** In milliseconds, as last measured; null: never. */
  current(): number | null;
  /** Begins a measurement as a request leaves. The returned function ends it with the clock that the answer brought. */
  measure(): (serverClock: string | null) => void;
}

/** An answer that was so long on its way says too little: the server read its clock at an unknown moment in between. */
const maxRoundTripMs = 10_000;
/** A smaller change is not worth a write to the disk. */
const minChangeMs = 1_000;

const setting = z.object({ milliseconds: z.int() });

/** Opens the offset. It is kept in the store, because a desk that starts offline makes commands too. */
export function openClockOffset(store: Store, clock: DeskClock): ClockOffset {
  const kept = openKeptSetting(store, 'clock-offset', setting);
  return {
    current: () => kept.current()?.milliseconds ?? null,
    measure() {
      const sentAt = clock.monotonicMs();
      return (serverClock) => {
        const roundTripMs = clock.monotonicMs() - sentAt;
        if (serverClock === null || roundTripMs > maxRoundTripMs) return;
        const read = readMilliseconds(serverClock);
        if (read === null) return;
        const here = Temporal.Instant.from(clock.instant()).epochMilliseconds - roundTripMs / 2;
        const milliseconds = Math.round(read - here);
        const known = kept.current();
        if (known === null || Math.abs(known.milliseconds - milliseconds) >= minChangeMs) kept.keep({ milliseconds });
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
