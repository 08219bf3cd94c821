import { mkdirSync, readFileSync, statSync } from 'node:fs';

import {
  isKey,
  KeyRefusedError,
  keyFileIn,
  makeKey,
  setKeyAside,
  writeKeyFile,
  type KeyKeeper,
} from '../desk/keys/key-keeper.ts';

/**
 * Keeps the key in a file beside the store that its owner alone can read: what a browser shell has, without a keyring of
 * the system. It keeps a copied store closed, and a store whose disk is read without its user's rights.
 */
export const keyFile: KeyKeeper = {
  loadKey(dataDir) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const file = keyFileIn(dataDir);
    if (statSync(file, { throwIfNoEntry: false })) {
      requirePrivate(file);
      const kept = readFileSync(file, 'utf8').trim();
      if (isKey(kept)) return kept;
      setKeyAside(dataDir);
    }
    const key = makeKey();
    writeKeyFile(dataDir, key);
    return key;
  },
};

/** Windows keeps others out by the folder's rights, which a mode does not say. */
function requirePrivate(file: string): void {
  if (process.platform === 'win32') return;
  const { mode, uid } = statSync(file);
  if ((mode & 0o077) === 0 && uid === process.getuid?.()) return;
  throw new KeyRefusedError(
    `Others on this PC can read ${file}, the key to the patients' data of this desk. ` +
      `Make it yours alone (chmod 600, and chown to yourself) and start again; nothing was changed.`,
  );
}
