import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

import type { StoreKey } from '../keys/key-keeper.ts';

/** Seals texts that nobody may read from the disk: passwords in addresses, the desk's token. */
export interface Secrets {
  seal(plain: string): string;
  /** Null where the text was sealed under another key, or is damaged. */
  open(sealed: string): string | null;
}

/** Bytes; NIST SP 800-38D, 5.2.1.1 and 5.2.1.2. */
const nonceLength = 12;
const tagLength = 16;

/** Seals by AES-256-GCM under a key of its own, which is derived (HKDF, RFC 5869) from the key of the desk's store. */
export function openSecrets(storeKey: StoreKey): Secrets {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(storeKey, 'hex'), '', 'holdfast desk.json', 32));
  return {
    seal(plain) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const [nonce, rest] = [bytes.subarray(0, nonceLength), bytes.subarray(nonceLength)];
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
        decipher.setAuthTag(rest.subarray(0, tagLength));
        return Buffer.concat([decipher.update(rest.subarray(tagLength)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
