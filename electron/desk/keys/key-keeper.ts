import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
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

/** How a shell writes a key into the key's file. */
export interface KeySeal {
  /** Called before the file is read. Throws KeyRefusedError where the file is no safe place for a key. */
  checkFile?(file: string): void;
  /** The content of the file for a key. */
  seal(key: StoreKey): Uint8Array | string;
  /** The key from the content of the file; null where the content gives none. */
  unseal(content: Buffer): StoreKey | null;
}

/**
 * Loads the key from its file in a folder, which is made where it is missing. Where there is no key, or the file gives none,
 * a new key is made and written; a file that gives none is kept under another name.
 */
export function loadOrMakeKey(dataDir: string, { checkFile, seal, unseal }: KeySeal): StoreKey {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = keyFileIn(dataDir);
  if (statSync(file, { throwIfNoEntry: false })) {
    checkFile?.(file);
    const kept = unseal(readFileSync(file));
    if (kept !== null) return kept;
    setKeyAside(dataDir);
  }
  const key = makeKey();
  writeKeyFile(dataDir, seal(key));
  return key;
}

const keyFileIn = (dataDir: string): string => path.join(dataDir, 'desk.key');

export function makeKey(): StoreKey {
  return randomBytes(32).toString('hex');
}

/** The key that a text is, or null where the text is none. */
export function readKey(text: string): StoreKey | null {
  return /^[0-9a-f]{64}$/.test(text) ? text : null;
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
function setKeyAside(dataDir: string): void {
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
