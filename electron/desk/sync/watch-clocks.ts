import { Temporal } from 'temporal-polyfill';

import type { DeskClock } from '../environment/clock.ts';
import { defaultTimers } from '../environment/timers.ts';

/** A tick that comes so much later than it should, by either clock, was slept through, or the clock was set. */
const sleptMs = 15_000;
const tickMs = 5_000;

export interface ClockWatch {
  close(): void;
}

/** Ticks, and tells when the PC has slept: what was open is likely dead, and much may have happened. */
export function watchClocks(
  clock: DeskClock,
  tell: { readonly onWake: () => void; readonly onTick: () => void },
  timers = defaultTimers,
): ClockWatch {
  const now = () => ({
    monotonic: clock.monotonicMs(),
    wall: Temporal.Instant.from(clock.instant()).epochMilliseconds,
  });
  let last = now();
  const tick = () => {
    const next = now();
    // Some systems stop the monotonic clock while they sleep: then the other one tells.
    const passed = Math.max(next.monotonic - last.monotonic, next.wall - last.wall);
    last = next;
    if (passed > tickMs + sleptMs) tell.onWake();
    tell.onTick();
  };
  return { close: timers.every(tickMs, tick, { idle: true }) };
}
