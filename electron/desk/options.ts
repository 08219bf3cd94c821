import { defaultWindow, type DayWindow } from './days/fill-window.ts';
import { defaultClock, type DeskClock } from './environment/clock.ts';
import type { DeskHooks } from './environment/hooks.ts';
import { defaultTimers, type DeskTimers } from './environment/timers.ts';
import { defaultTiming, type DeskTiming } from './environment/timing.ts';
import type { KeyKeeper } from './keys/key-keeper.ts';
import type { DeskPairing } from './pairing/pairing-keeper.ts';

export interface DeskOptions {
  readonly serverUrl: string;
  /** The folder of this desk alone: `desk.sqlite` is made in it. */
  readonly dataDir: string;
  /** Keeps the key of the store. */
  readonly keys: KeyKeeper;
  /**
   * The desk's own token, where the caller keeps it. Its `deskId` wins over the one in the store. Null or absent: the
   * pairing in the store counts.
   */
  readonly pairing?: (DeskPairing & { readonly deskId?: string }) | null;
  /** A one-time code. A desk that is not paired pairs by it at its first contact with the server. */
  readonly pairingCode?: string;
  /** The days that the desk holds beforehand. */
  readonly window?: DayWindow;
  readonly timing?: Partial<DeskTiming>;
  readonly random?: () => number;
  readonly clock?: DeskClock;
  readonly timers?: DeskTimers;
  /** Sends requests in the place of Node's fetch. */
  readonly fetch?: typeof globalThis.fetch;
  readonly hooks?: DeskHooks;
}

/** What the parts of a desk live in: days, patience, chance, time, and the hooks of tests. */
export function surroundingsOf(options: DeskOptions) {
  return {
    window: options.window ?? defaultWindow,
    timing: { ...defaultTiming, ...options.timing },
    random: options.random ?? Math.random,
    clock: options.clock ?? defaultClock,
    timers: options.timers ?? defaultTimers,
    hooks: options.hooks ?? {},
  };
}
