export const syncParts = ['bootstrap', 'start', 'spread', 'reconnect', 'gestures'] as const;
export type SyncPart = (typeof syncParts)[number];

export interface SyncBenchOptions {
  readonly only: readonly SyncPart[];
  readonly rounds: number;
  readonly appointments: number;
  readonly patients: number;
  /** Without a screen. */
  readonly desks: number;
  readonly changes: number;
  /** Made offline. */
  readonly commands: number;
  readonly seed: number;
}
