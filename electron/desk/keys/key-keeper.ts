import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** The key of a desk's store, and of nothing else: 32 random bytes as 64 hexadecimal digits. */
export type StoreKey = string;

/** Keeps the key of the store, in the way of the shell. */
export interface KeyKeeper {
  /**
   * Loads the key of the store in a folder. Makes and keeps a new key where there is none, and where the key cannot be read.
   * @throws KeyRefusedError where this PC has no safe place for a key
   */
  loadKey(dataDir: string): StoreKey;
}

/** This PC has no place for the key that other people cannot read. The message says what to do. */
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

/**
 * Writes a key's file, readable by its owner alone. The file is on the disk when this returns: only then may the key be
 * used.
 */
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

/** Keeps an unreadable key under another name: if it can be mended, the old store can be read again. */
export function setKeyAside(dataDir: string): void {
  const file = keyFileIn(dataDir);
  renameSync(file, `${file}.unreadable-${randomBytes(4).toString('hex')}`);
}

/** A rename is on the disk when its folder is synced. Windows has no such call, and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
