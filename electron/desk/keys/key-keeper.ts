import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** 32 random bytes as 64 hexadecimal digits: the key of a desk's store, and of nothing else. */
export type StoreKey = string;

/** Where a shell keeps the key of the store that it opens. */
export interface KeyKeeper {
  /**
   * The key of the store in a folder; made, and kept, where there is none or the one that is kept cannot be read any more.
   * @throws KeyRefusedError where this PC offers no safe place
   */
  loadKey(dataDir: string): StoreKey;
}

/** This PC offers no place for the key that others could not read. The message says what to do. */
export class KeyRefusedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeyRefusedError';
  }
}

export const keyFileIn = (dataDir: string): string => path.join(dataDir, 'desk.key');

export function makeKey(): StoreKey {
  return randomBytes(32).toString('hex');
}

export function isKey(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** Puts a key's file on the disk, readable by its owner alone, before anything is encrypted by the key. */
export function writeKeyFile(dataDir: string, content: Uint8Array | string): void {
  const file = keyFileIn(dataDir);
  const handle = openSync(`${file}.next`, 'w', 0o600);
  try {
    writeSync(handle, typeof content === 'string' ? Buffer.from(content) : content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${file}.next`, file);
  syncFolder(dataDir);
}

/** A key that cannot be read is kept beside: whoever can mend it can read the old store again. */
export function setKeyAside(dataDir: string): void {
  const file = keyFileIn(dataDir);
  renameSync(file, `${file}.unreadable-${randomBytes(4).toString('hex')}`);
}

/** A rename is on the disk when its folder is. Windows has no such call, and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
