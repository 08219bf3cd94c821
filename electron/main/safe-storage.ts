import { safeStorage } from 'electron';

import { KeyRefusedError, loadOrMakeKey, readKey, type KeyKeeper, type StoreKey } from '../desk/keys/key-keeper.ts';

/**
 * Keeps the key by the system's keyring: a file beside the store has the key encrypted, and the keyring opens it for this user
 * alone. Call this when the app is ready. A key that the keyring does not open is set aside; its store will be set aside too.
 */
export const systemKeyring: KeyKeeper = {
  loadKey(dataDir) {
    requireKeyring();
    return loadOrMakeKey(dataDir, { seal: (key) => safeStorage.encryptString(key), unseal: decrypt });
  },
};

/** `basic_text` encrypts by a password from Chromium's source: https://www.electronjs.org/docs/latest/api/safe-storage */
function requireKeyring(): void {
  const isBasic = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (safeStorage.isEncryptionAvailable() && !isBasic) return;
  throw new KeyRefusedError(
    "This PC has no keyring that could keep the key to the patients' data of this desk. " +
      'Sign in to a desktop with GNOME Keyring or KWallet unlocked and start again, ' +
      'or use the browser shell (HOLDFAST_SHELL=browser), which keeps the key in a file of yours alone.',
  );
}

function decrypt(content: Buffer): StoreKey | null {
  try {
    return readKey(safeStorage.decryptString(content));
  } catch {
    return null;
  }
}
