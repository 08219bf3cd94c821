import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';

import Database from 'better-sqlite3';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import { migrateStore } from './migrate-store.ts';

/** An open store: the connection, for prepared SQL, and the same connection through drizzle's typed tables (schema.ts). */
export interface Store {
  readonly client: Database.Database;
  readonly drizzle: BetterSQLite3Database;
}

/** Whether an error says that the file is damaged, or that it does not open by the key. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError && (error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT'))
  );
}

/**
 * Opens the desk's store, makes it where there is none and brings its schema up to date. The file is its owner's alone, and
 * encrypted by the key (64 hexadecimal digits), its journal too; nothing is written to temporary files. Close it by
 * `store.client.close()`.
 * @throws StoreTooNewError where a newer Holdfast made it; an error that `isDamage` knows where it cannot be read
 */
export function openStore(file: string, key: string): Store {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Made before SQLite opens it: SQLite gives the journal and the shared memory the mode of the main file.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);

  const client = openEncrypted(file, key);
  try {
    client.pragma('journal_mode = WAL');
    // In WAL mode NORMAL may lose the last commits with the power: a command that was accepted must be on the disk.
    client.pragma('synchronous = FULL');
    client.pragma('foreign_keys = ON');
    client.pragma('busy_timeout = 5000');
    // Days that are looked at stay decrypted in memory: 16 MiB.
    client.pragma('cache_size = -16384');
    migrateStore(client);
    return { client, drizzle: drizzle({ client }) };
  } catch (error) {
    client.close();
    throw error;
  }
}

/** SQLite3 Multiple Ciphers: a raw key skips the derivation from a password, which 32 random bytes do not need. */
function rawKey(key: string): string {
  if (!/^[0-9a-f]{64}$/.test(key)) throw new Error('the key of the store is not 32 bytes in hexadecimal');
  return `'raw:${key}'`;
}

/** A connection to an encrypted store as it is, of whatever schema: to read what can be read. */
export function openEncrypted(file: string, key: string): Database.Database {
  const client = new Database(file);
  try {
    // The default of SQLite3 Multiple Ciphers: ChaCha20-Poly1305, a tag on each page, so that damage is noticed.
    client.pragma("cipher = 'chacha20'");
    client.pragma(`key = ${rawKey(key)}`);
    // Sorting must not spill patients' names into temporary files.
    client.pragma('temp_store = MEMORY');
    client.prepare('select count(*) from sqlite_schema').get();
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}
