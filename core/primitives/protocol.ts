/**
 * Raised when what travels between desk and server changes its meaning. The numbers begin at 2: 1 was never released, and
 * stands for whatever is older.
 */
export const protocol = 2;

/**
 * The protocols of commands that a server takes, by upcasters (core/commands/upcast.ts): those of the last 180 days,
 * because a desk may come back after weeks offline with its outbox full.
 */
export const takenProtocols: readonly number[] = [2];
