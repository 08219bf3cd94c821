import { Temporal } from 'temporal-polyfill';

/** The desk's two clocks. The PC's may be wrong or be set: what must not depend on that is measured by the other. */
export interface DeskClock {
  /** RFC 3339 in UTC, by the PC's clock. */
  readonly instant: () => string;
  /** Milliseconds since some beginning; never goes back. */
  readonly monotonicMs: () => number;
}

export const defaultClock: DeskClock = {
  instant: () => Temporal.Now.instant().round('millisecond').toString(),
  monotonicMs: () => performance.now(),
};

/** So many milliseconds before (negative: after) an instant. */
export function instantBefore(instant: string, milliseconds: number): string {
  return Temporal.Instant.from(instant).subtract({ milliseconds }).toString();
}
