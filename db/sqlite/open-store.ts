import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';

import Database from 'better-sqlite3';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import { migrateStore } from './migrate-store.ts';

export type Store = BetterSQLite3Database & { readonly $client: Database.Database };

/**
 * Opens the desk's store, makes it where there is none and brings its schema up to date. The file is its owner's alone.
 * Close it by `store.$client.close()`.
 * @throws StoreTooNewError where a newer Holdfast made it
 */
export function openStore(file: string): Store {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Made before SQLite opens it: SQLite gives the journal and the shared memory the mode of the main file.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);

  const client = new Database(file);
  try {
    client.pragma('journal_mode = WAL');
    // In WAL mode NORMAL may lose the last commits with the power: a command that was accepted must be on the disk.
    client.pragma('synchronous = FULL');
    // Sorting must not spill patients' names into temporary files.
    client.pragma('temp_store = MEMORY');
    client.pragma('foreign_keys = ON');
    client.pragma('busy_timeout = 5000');
    migrateStore(client);
    return drizzle({ client });
  } catch (error) {
    client.close();
    throw error;
  }
}
