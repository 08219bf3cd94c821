import type { DeskClock } from '../environment/clock.ts';
import type { Signals } from '../events/signals.ts';
import type { Following } from '../sync/live-sync.ts';
import { todayAt, type WindowFiller } from './fill-window.ts';
import type { Pruner } from './pruner.ts';

export interface TodayOptions {
  readonly signals: Signals;
  readonly clock: DeskClock;
  readonly following: () => Following | null;
  readonly filler: WindowFiller;
  readonly pruner: Pruner;
}

/** Moves the window of days when a new date begins at the home site: one day has come into the window, and one has left it. */
export function watchToday({ signals, clock, following, filler, pruner }: TodayOptions): void {
  let today = '';
  signals.on('tick', () => {
    const home = following()?.home;
    const date = home ? todayAt(home, clock) : '';
    if (date !== today) void filler.fill().then(() => pruner.prune());
    today = date;
  });
}
