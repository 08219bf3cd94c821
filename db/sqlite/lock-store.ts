import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';

import Database from 'better-sqlite3';

/** Another desk works on this folder: two on one store would send each command twice. */
export class StoreInUseError extends Error {
  constructor(dataDir: string) {
    super(
      `Holdfast already runs with the data in ${dataDir}. Go to its window, or stop it first; nothing was changed.`,
    );
    this.name = 'StoreInUseError';
  }
}

export interface StoreLock {
  release(): void;
}

/**
 * Takes a desk's folder for this process. The lock is SQLite's on a file of its own, which the system gives back when the
 * process ends in whatever way, so that none is ever left behind.
 * @throws StoreInUseError where another has it
 */
export function lockStore(dataDir: string): StoreLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, 'desk.lock');
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const client = new Database(file, { timeout: 0 });
  try {
    client.pragma('journal_mode = memory');
    client.exec('begin exclusive');
  } catch (error) {
    client.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new StoreInUseError(dataDir);
    }
    throw error;
  }
  return { release: () => client.close() };
}
