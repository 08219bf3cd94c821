import { randomBytes, randomInt } from 'node:crypto';

import { hash, verify } from '@node-rs/argon2';

/** The letters and digits of a made password, without those that look alike. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of four characters: 79 random bits, and still short enough to type. */
export function makePassword(): string {
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}

let hashOfNobody: Promise<string> | undefined;

/** Hashes by argon2id (RFC 9106) with the library's parameters (19 MiB, 2 passes, 1 lane), which are OWASP's first choice. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/**
 * Whether the password is the one of the hash. Without a hash (no such user) the function does the same work and answers
 * false, so that its time does not tell which user names exist.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  hashOfNobody ??= hashPassword(randomBytes(32).toString('base64url'));
  const matches = await verify(passwordHash ?? (await hashOfNobody), password);
  return matches && passwordHash !== null;
}
