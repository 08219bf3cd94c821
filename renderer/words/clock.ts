import { useSyncExternalStore } from 'react';
import { Temporal } from 'temporal-polyfill';

import { minutesPerQuarter, quarterDuring, type Quarter } from '../../core/domain/time/quarter.ts';
import { wallTimeAt } from '../../core/domain/time/zoned.ts';

const millisecondsPerMinute = 60_000;

/** Whole minutes since 1970-01-01T00:00:00Z. */
export type Minute = number;

export function nowInstant(): string {
  return Temporal.Now.instant().toString({ smallestUnit: 'millisecond' });
}

export function nowQuarter(): Quarter {
  return quarterDuring(nowInstant());
}

function nowMinute(): Minute {
  return Math.floor(Temporal.Now.instant().epochMilliseconds / millisecondsPerMinute);
}

export function minuteOf(instant: string): Minute {
  return Math.floor(Temporal.Instant.from(instant).epochMilliseconds / millisecondsPerMinute);
}

/** `08:41` in the zone. The clocks never change within a quarter, so its minutes follow one another. */
export function wallMinuteAt(minute: Minute, timeZone: string): string {
  const quarter = Math.floor(minute / minutesPerQuarter);
  const [hour, base] = wallTimeAt(quarter, timeZone).split(':');
  return `${hour}:${String(Number(base) + (minute - quarter * minutesPerQuarter)).padStart(2, '0')}`;
}

const watchers = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

function tick(): void {
  const sinceMinute = Temporal.Now.instant().epochMilliseconds % millisecondsPerMinute;
  timer = setTimeout(tick, millisecondsPerMinute - sinceMinute + 5);
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  if (timer === undefined) tick();
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}

/** The present minute. A component that uses it draws again every minute. */
export function useMinute(): Minute {
  return useSyncExternalStore(watch, nowMinute);
}

/** The present quarter. A component that uses it draws again every 15 minutes. */
export function useQuarter(): Quarter {
  return useSyncExternalStore(watch, nowQuarter);
}
