import type Database from 'better-sqlite3';

import type { Store } from '../../../db/sqlite/open-store.ts';

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** The statement of a text, prepared once for each store: the texts are constants, so that there are few of them. */
export function prepared<Parameters extends unknown[] | {} = unknown[], Row = unknown>(
  { $client }: Store,
  sql: string,
): Database.Statement<Parameters, Row> {
  let known = statements.get($client);
  if (!known) statements.set($client, (known = new Map()));
  let statement = known.get(sql);
  if (!statement) known.set(sql, (statement = $client.prepare(sql)));
  return statement as Database.Statement<Parameters, Row>;
}

/** Runs `work` in one transaction that holds the store from its beginning; within another, as a part of that. */
export function inTransaction<T>({ $client }: Store, work: () => T): T {
  return $client.transaction(work).immediate();
}
