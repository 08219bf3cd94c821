import { Temporal } from 'temporal-polyfill';

import type { DeskClock } from '../environment/clock.ts';
import type { DeskTimers } from '../environment/timers.ts';
import type { Signals } from '../events/signals.ts';

/** If a tick comes this much later than it should, by either clock, the PC slept, or its clock was set. */
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

/**
 * Tells `tick` every five seconds, and `woke` when the PC has slept: then open streams are likely dead, and much may have
 * changed.
 */
export function watchClocks({ clock, signals, timers }: ClockWatchOptions): ClockWatch {
  const now = () => ({
    monotonic: clock.monotonicMs(),
    wall: Temporal.Instant.from(clock.instant()).epochMilliseconds,
  });
  let last = now();
  const tick = () => {
    const next = now();
    // Some systems stop the monotonic clock while they sleep. The wall clock tells the sleep then.
    const passed = Math.max(next.monotonic - last.monotonic, next.wall - last.wall);
    last = next;
    if (passed > tickMs + sleptMs) signals.emit('woke');
    signals.emit('tick');
  };
  return { close: timers.every(tickMs, tick, { idle: true }) };
}
