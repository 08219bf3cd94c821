import { closeSync, copyFileSync, fsyncSync, openSync, readSync, renameSync, rmSync } from 'node:fs';

import Database from 'better-sqlite3';

const plainHeader = 'SQLite format 3\0';

/** SQLite3 Multiple Ciphers: a raw key skips the derivation from a password, which 32 random bytes do not need. */
export function rawKey(key: string): string {
  if (!/^[0-9a-f]{64}$/.test(key)) throw new Error('the key of the store is not 32 bytes in hexadecimal');
  return `'raw:${key}'`;
}

/** Whether a file is a store that an earlier Holdfast left unencrypted. */
function isPlain(file: string): boolean {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return false;
  }
  try {
    const header = Buffer.alloc(plainHeader.length);
    return readSync(handle, header, 0, header.length, 0) === header.length && header.toString('latin1') === plainHeader;
  } finally {
    closeSync(handle);
  }
}

/**
 * Encrypts a store that an earlier Holdfast left unencrypted, outbox and all. A copy is encrypted and takes the place of the
 * original in one step, so that a crash leaves the one or the other. `onEncrypted` when only that step is left.
 */
export function encryptPlainStore(file: string, key: string, onEncrypted?: () => void): boolean {
  const next = `${file}.encrypting`;
  // Of a crash half-way: unencrypted, or encrypted in part.
  for (const rest of [next, `${next}-journal`]) rmSync(rest, { force: true });
  if (!isPlain(file)) return false;

  const plain = new Database(file);
  try {
    // What is still in the log goes into the file, and the log with its plain text goes.
    plain.pragma('journal_mode = DELETE');
  } finally {
    plain.close();
  }
  copyFileSync(file, next);
  const copy = new Database(next);
  try {
    // Beside the store there is never a journal with plain text in it: the copy can be made again.
    copy.pragma('journal_mode = MEMORY');
    copy.pragma(`rekey = ${rawKey(key)}`);
  } finally {
    copy.close();
  }
  const handle = openSync(next, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  onEncrypted?.();
  renameSync(next, file);
  return true;
}
