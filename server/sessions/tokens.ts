import { createHash, randomBytes } from 'node:crypto';

/** What a desk's token begins with, so that it is looked up among the desks alone, and known wherever it turns up. */
const deskPrefix = 'desk_';
const randomCharacters = 43;

/** 256 random bits: opaque, and nothing to guess or to decode. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url');
}

export function mintDeskToken(): string {
  return `${deskPrefix}${mintToken()}`;
}

export function isDeskToken(token: string): boolean {
  return token.length === deskPrefix.length + randomCharacters && token.startsWith(deskPrefix);
}

/** What is stored in the token's place. A plain hash suffices, because the token has nothing to guess. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The token of `Authorization: Bearer …` (RFC 6750, section 2.1), or null where there is none. */
export function readBearer(authorization: string | undefined): string | null {
  return /^Bearer +((?:desk_)?[A-Za-z0-9_-]{43})$/i.exec(authorization ?? '')?.[1] ?? null;
}
