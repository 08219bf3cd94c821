import type Database from 'better-sqlite3';

import type { Store } from '../../../db/sqlite/open-store.ts';

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** The statement of a text, prepared once for each store: the texts are constants, so that there are few of them. */
export function prepared<Parameters extends unknown[] | {} = unknown[], Row = unknown>(
  { client }: Store,
  sql: string,
): Database.Statement<Parameters, Row> {
  let known = statements.get(client);
  if (!known) statements.set(client, (known = new Map()));
  let statement = known.get(sql);
  if (!statement) known.set(sql, (statement = client.prepare(sql)));
  return statement as Database.Statement<Parameters, Row>;
}

/** Runs `work` in one transaction that holds the store from its beginning; within another, as a part of that. */
export function inTransaction<T>({ client }: Store, work: () => T): T {
  return client.transaction(work).immediate();
}

/**
 * The same for what the server will tell again: it does not wait for the disk, and may be lost with the power. Transactions
 * are lost from the newest back, so whatever says up to where the server was heard is lost with it; a later one that waits
 * for the disk waits for these too.
 */
export function inRepeatableTransaction<T>(store: Store, work: () => T): T {
  const { client } = store;
  // Within another it is a part of that one, which SQLite does not let change its mind.
  if (client.inTransaction) return inTransaction(store, work);
  client.pragma('synchronous = NORMAL');
  try {
    return inTransaction(store, work);
  } finally {
    client.pragma('synchronous = FULL');
  }
}
