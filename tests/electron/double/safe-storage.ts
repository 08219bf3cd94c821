import type { SafeStorage } from 'electron';

import { guarded } from './guarded.ts';
import { decryptString, encryptString } from './keyring.ts';
import { circumstances } from './machine.ts';

export const safeStorage = guarded('safeStorage', {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => circumstances.keyring,
  encryptString,
  decryptString,
} satisfies Pick<
  SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
>);
