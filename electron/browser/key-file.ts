import { statSync } from 'node:fs';

import { KeyRefusedError, loadOrMakeKey, readKey, type KeyKeeper } from '../desk/keys/key-keeper.ts';

/**
 * Keeps the key in a file beside the store, which its owner alone can read: a browser shell has no keyring of the system. The
 * file protects a store that was copied without it, and a store against readers without its owner's rights.
 */
export const keyFile: KeyKeeper = {
  loadKey: (dataDir) =>
    loadOrMakeKey(dataDir, {
      checkFile: requirePrivate,
      seal: (key) => key,
      unseal: (content) => readKey(content.toString('utf8').trim()),
    }),
};

/** On Windows the rights of the folder keep other people out, and the file's mode does not show them. */
function requirePrivate(file: string): void {
  if (process.platform === 'win32') return;
  const { mode, uid } = statSync(file);
  if ((mode & 0o077) === 0 && uid === process.getuid?.()) return;
  throw new KeyRefusedError(
    `Others on this PC can read ${file}, the key to the patients' data of this desk. ` +
      `Make it yours alone (chmod 600, and chown to yourself) and start again; nothing was changed.`,
  );
}
