export const connectionStates = ['connecting', 'online', 'offline'] as const;
export type ConnectionState = (typeof connectionStates)[number];

/** What the status pill and its details say. Instants are RFC 3339 in UTC. */
export interface DeskStatus {
  readonly connection: ConnectionState;
  /** Since when nobody answers; null while somebody does. */
  readonly offlineSince: string | null;
  /** Commands that the server has not decided. */
  readonly waiting: number;
  /** Refusals that nobody has dealt with. */
  readonly refused: number;
  /** When this desk last had everything that the server had. */
  readonly caughtUpAt: string | null;
  /** While the window of days is read for the first time or anew: how many of them are there. */
  readonly reading: { readonly done: number; readonly of: number } | null;
  /** Desk and server are of versions that do not fit; commands are still taken. */
  readonly mismatch: { readonly server: number; readonly desk: number; readonly update: 'desk' | 'server' } | null;
  /** The desk's store could not be read and was made anew: when, and how many undecided commands were saved from it. */
  readonly rebuilt: { readonly at: string; readonly salvaged: number; readonly lost: number | null } | null;
}
