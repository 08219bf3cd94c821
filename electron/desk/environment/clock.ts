import { Temporal } from 'temporal-polyfill';

/** The desk's two clocks. The PC's clock can be wrong and can be set; `monotonicMs` measures what must not depend on that. */
export interface DeskClock {
  /** RFC 3339 in UTC, by the PC's clock. */
  readonly instant: () => string;
  /** Milliseconds since an arbitrary start. Never goes back. */
  readonly monotonicMs: () => number;
}

export const defaultClock: DeskClock = {
  instant: () => Temporal.Now.instant().round('millisecond').toString(),
  monotonicMs: () => performance.now(),
};

/** The instant (RFC 3339, UTC) that lies `milliseconds` before another; after it where they are negative. */
export function instantBefore(instant: string, milliseconds: number): string {
  return Temporal.Instant.from(instant).subtract({ milliseconds }).toString();
}
