import type { DayWindow } from './days/fill-window.ts';
import type { DeskClock } from './environment/clock.ts';
import type { DeskHooks } from './environment/hooks.ts';
import type { DeskTimers } from './environment/timers.ts';
import type { DeskTiming } from './environment/timing.ts';
import type { KeyKeeper } from './keys/key-keeper.ts';
import type { DeskPairing } from './pairing/pairing-keeper.ts';

export interface DeskOptions {
  readonly serverUrl: string;
  /** This desk's own folder: `desk.sqlite` is made in it. */
  readonly dataDir: string;
  /** Where the key of the store is kept. */
  readonly keys: KeyKeeper;
  /** The desk's own token, where whoever starts it keeps that; its `deskId` wins over the store's. Null: as the store says. */
  readonly pairing?: (DeskPairing & { readonly deskId?: string }) | null;
  /** A one-time code by which the desk pairs at its first contact with the server, unless it is paired. */
  readonly pairingCode?: string;
  /** Days that are held beforehand. */
  readonly window?: DayWindow;
  readonly timing?: Partial<DeskTiming>;
  readonly random?: () => number;
  readonly clock?: DeskClock;
  readonly timers?: DeskTimers;
  /** The line to the server, in the place of Node's. */
  readonly fetch?: typeof globalThis.fetch;
  readonly hooks?: DeskHooks;
}
