import type Database from 'better-sqlite3';

import type { Store } from '../../../db/sqlite/open-store.ts';

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** Prepares a statement once for each store, by its text. Texts are constants, so there are few of them. */
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

/** Runs `work` in one transaction that locks the store from its beginning; within another transaction, as a part of that. */
export function inTransaction<T>({ client }: Store, work: () => T): T {
  return client.transaction(work).immediate();
}

/**
 * Runs `work` in one transaction for what the server will tell again. The transaction does not wait for the disk, and can be
 * lost when the power fails. Transactions are lost from the newest back, so the cursor is lost together with what it covers.
 * A later transaction that waits for the disk waits for these too.
 */
export function inRepeatableTransaction<T>(store: Store, work: () => T): T {
  const { client } = store;
  // Within another transaction it is a part of that, and SQLite does not let a running transaction change `synchronous`.
  if (client.inTransaction) return inTransaction(store, work);
  client.pragma('synchronous = NORMAL');
  try {
    return inTransaction(store, work);
  } finally {
    client.pragma('synchronous = FULL');
  }
}
