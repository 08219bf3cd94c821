import { Temporal } from 'temporal-polyfill';

import type { DeskClock } from '../environment/clock.ts';
import type { DeskTimers } from '../environment/timers.ts';
import type { Signals } from '../events/signals.ts';

/** A tick that comes so much later than it should, by either clock, was slept through, or the clock was set. */
const sleptMs = 15_000;
const tickMs = 5_000;

export interface ClockWatchOptions {
  readonly clock: DeskClock;
  readonly signals: Signals;
  readonly timers: DeskTimers;
}

export interface ClockWatch {
  close(): void;
}

/** Ticks, and tells when the PC has slept: what was open is likely dead, and much may have happened. */
export function watchClocks({ clock, signals, timers }: ClockWatchOptions): ClockWatch {
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
    if (passed > tickMs + sleptMs) signals.emit('woke');
    signals.emit('tick');
  };
  return { close: timers.every(tickMs, tick, { idle: true }) };
}
