import type { DeskServer } from '../line/server.ts';
import type { LiveSync } from '../sync/live-sync.ts';
import { openWindowFiller, type WindowFillerOptions } from './fill-window.ts';
import { openPruner, type PrunerOptions } from './pruner.ts';
import { openDayReader, type DayReader } from './read-days.ts';
import { watchToday } from './watch-today.ts';

type OpenedHere = 'reader' | 'following';

export interface DaysOptions extends Omit<WindowFillerOptions, OpenedHere>, Omit<PrunerOptions, OpenedHere> {
  readonly server: DeskServer;
  readonly live: Pick<LiveSync, 'check' | 'following'>;
}

/** The days that the desk holds: read from the server, filled up to the window, and pruned. */
export interface Days {
  readonly reader: DayReader;
  /** Lets the pruner end what it has begun. Nothing is pruned after. */
  stopPruning(): Promise<void>;
  /** Waits for the filling that is under way. Call it when the desk follows nothing any more: then no other begins. */
  settled(): Promise<void>;
}

export function openDays(options: DaysOptions): Days {
  const { following, check } = options.live;
  const reader = openDayReader({ ...options, pull: check });
  const filler = openWindowFiller({ ...options, reader, following });
  const pruner = openPruner({ ...options, following });
  watchToday({ ...options, following, filler, pruner });
  return { reader, stopPruning: pruner.close, settled: filler.fill };
}
