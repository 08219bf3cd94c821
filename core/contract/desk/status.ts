export const connectionStates = ['connecting', 'online', 'offline'] as const;
export type ConnectionState = (typeof connectionStates)[number];

/** What the status pill and its details show. Instants are RFC 3339 in UTC. */
export interface DeskStatus {
  readonly connection: ConnectionState;
  /** Since when the server has not answered; null while it answers. */
  readonly offlineSince: string | null;
  /** How many commands the server has not decided. */
  readonly waiting: number;
  /** How many refusals nobody has dealt with. */
  readonly refused: number;
  /** When this desk last had everything that the server had; null: never. */
  readonly caughtUpAt: string | null;
  /** While the desk reads its window of days: how many days it has, of how many; null at all other times. */
  readonly reading: { readonly done: number; readonly of: number } | null;
  /** The versions of desk and server do not fit; the server still takes commands. Null: they fit. */
  readonly mismatch: { readonly server: number; readonly desk: number; readonly update: 'desk' | 'server' } | null;
  /** When the desk replaced a store that it could not read, and how many undecided commands it saved and lost. Null: never. */
  readonly rebuilt: { readonly at: string; readonly salvaged: number; readonly lost: number | null } | null;
}
