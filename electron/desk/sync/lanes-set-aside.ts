import { backOffMs, type BackOff } from '../environment/back-off.ts';
import type { DeskTimers } from '../environment/timers.ts';

export interface LanesOptions {
  readonly backOff: BackOff;
  readonly random: () => number;
  readonly timers: DeskTimers;
  /** The wait of a lane is over. */
  readonly onReady: () => void;
}

/** The lanes over which the server stumbled. Each waits by its own back-off, and holds up nothing but itself. */
export interface LanesSetAside {
  has(lane: string): boolean;
  /**
   * Sets a lane aside, for longer after each stumble that follows another without a verdict in between. Returns how many there
   * were, with this one.
   */
  add(lane: string): number;
  /** Notes a verdict in a lane: the lane's wait ends, and its count of stumbles begins anew. */
  decided(lane: string): void;
  /** Ends the wait of every lane now, without telling. */
  clear(): void;
}

export function openLanesSetAside({ backOff, random, timers, onReady }: LanesOptions): LanesSetAside {
  /** What cancels the wait of each lane. */
  const waits = new Map<string, () => void>();
  const stumbles = new Map<string, number>();
  return {
    has: (lane) => waits.has(lane),
    add(lane) {
      const count = stumbles.get(lane) ?? 0;
      stumbles.set(lane, count + 1);
      const cancel = timers.after(backOffMs(backOff, count, random()), () => {
        waits.delete(lane);
        onReady();
      });
      waits.set(lane, cancel);
      return count + 1;
    },
    decided(lane) {
      stumbles.delete(lane);
      waits.get(lane)?.();
      waits.delete(lane);
    },
    clear() {
      for (const cancel of waits.values()) cancel();
      waits.clear();
    },
  };
}
