import type { Store } from '../../../db/sqlite/open-store.ts';
import type { DeskClock } from '../environment/clock.ts';
import type { DeskHooks } from '../environment/hooks.ts';
import type { DeskTimers } from '../environment/timers.ts';
import type { Signals } from '../events/signals.ts';
import type { Following } from '../sync/live-sync.ts';
import { todayAt, windowDates, type DayWindow } from './fill-window.ts';
import { prune } from './prune.ts';

const pruneEveryMs = 3_600_000;

export interface PrunerOptions {
  readonly store: Store;
  readonly signals: Signals;
  readonly clock: DeskClock;
  readonly window: DayWindow;
  readonly hooks: DeskHooks;
  readonly timers: DeskTimers;
  readonly following: () => Following | null;
  readonly onFailure: (error: unknown) => void;
}

/** Keeps the store small: prunes when the window was filled, and when it is asked to, once an hour at most. */
export interface Pruner {
  prune(): Promise<void>;
  /** Resolves when the pruning that is under way has ended. No other begins. */
  close(): Promise<void>;
}

export function openPruner(options: PrunerOptions): Pruner {
  const { store, signals, clock, window, hooks, timers, following, onFailure } = options;
  let underWay: Promise<void> | null = null;
  let prunedAt: number | null = null;
  let isClosed = false;

  function pruneNow(): Promise<void> {
    const followed = following();
    const isRecent = prunedAt !== null && clock.monotonicMs() - prunedAt < pruneEveryMs;
    if (!followed || isClosed || isRecent) return Promise.resolve();
    prunedAt = clock.monotonicMs();
    const { orgId, home } = followed;
    const kept = home && { siteId: home.siteId, dates: windowDates(todayAt(home, clock), window) };
    underWay ??= prune({ store, orgId, now: clock.instant(), kept, hooks, timers })
      .catch(onFailure)
      .finally(() => {
        underWay = null;
      });
    return underWay;
  }

  signals.on('window-filled', () => void pruneNow());
  return {
    prune: pruneNow,
    async close() {
      isClosed = true;
      await underWay;
    },
  };
}
