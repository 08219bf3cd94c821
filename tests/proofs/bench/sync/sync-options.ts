export const syncParts = ['bootstrap', 'start', 'spread', 'reconnect', 'gestures'] as const;
export type SyncPart = (typeof syncParts)[number];

export interface SyncBenchOptions {
  readonly only: readonly SyncPart[];
  readonly rounds: number;
  readonly appointments: number;
  readonly patients: number;
  /** The number of desks without a screen. */
  readonly desks: number;
  readonly changes: number;
  /** The number of commands that are made offline. */
  readonly commands: number;
  readonly seed: number;
}
