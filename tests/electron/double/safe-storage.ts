import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

import type { SafeStorage } from 'electron';

import { guarded } from './guarded.ts';
import { circumstances } from './machine.ts';

/** Stands for the key that a real keyring keeps for this user. */
const key = createHash('sha256').update('the keyring of the double').digest();

export const safeStorage = guarded('safeStorage', {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => circumstances.keyring,
  encryptString(plain: string) {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from('v11'), nonce, cipher.getAuthTag(), body]);
  },
  decryptString(encrypted: Buffer) {
    const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(3, 15));
    decipher.setAuthTag(encrypted.subarray(15, 31));
    return Buffer.concat([decipher.update(encrypted.subarray(31)), decipher.final()]).toString('utf8');
  },
} satisfies Pick<
  SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
>);
