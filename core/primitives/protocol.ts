/**
 * The version of what travels between desk and server: a change of its meaning raises the number. The numbers begin at 2: 1
 * was never released and stands for everything older.
 */
export const protocol = 2;

/**
 * The protocols whose commands a server takes, by upcasters (core/commands/upcast.ts): those of the last 180 days, because a
 * desk may come back after weeks offline with a full outbox.
 */
export const takenProtocols: readonly number[] = [2];
