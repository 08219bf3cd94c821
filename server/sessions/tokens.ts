import { createHash, randomBytes } from 'node:crypto';

/** A desk's token begins with this, so that the server looks only among desks, and people recognise a token that leaked. */
const deskPrefix = 'desk_';
const randomCharacters = 43;

/** A session's token: 256 random bits as base64url, opaque, with nothing to guess or decode. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url');
}

export function mintDeskToken(): string {
  return `${deskPrefix}${mintToken()}`;
}

export function isDeskToken(token: string): boolean {
  return token.length === deskPrefix.length + randomCharacters && token.startsWith(deskPrefix);
}

/** The SHA-256 that the database stores in place of a token. A plain hash suffices: nobody can guess 256 random bits. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The token of `Authorization: Bearer …` (RFC 6750, section 2.1); null where there is none. */
export function readBearer(authorization: string | undefined): string | null {
  return /^Bearer +((?:desk_)?[A-Za-z0-9_-]{43})$/i.exec(authorization ?? '')?.[1] ?? null;
}
