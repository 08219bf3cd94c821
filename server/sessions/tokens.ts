import { createHash, randomBytes } from 'node:crypto';

import { readToken, tokenOf, type TokenKind } from '../../core/domain/people/token-form.ts';

/** Makes a token of the organization: 256 random bits behind its handle, with nothing to guess or decode. */
export function mintToken(handle: string, kind: TokenKind): string {
  return tokenOf(handle, kind, randomBytes(32).toString('base64url'));
}

/** The SHA-256 that the database stores in place of a token. A plain hash suffices: nobody can guess 256 random bits. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The token of `Authorization: Bearer …` (RFC 6750, section 2.1) and its kind; null where there is none. */
export function readBearer(authorization: string | undefined): { token: string; kind: TokenKind } | null {
  const token = /^Bearer +([\w-]+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const form = readToken(token);
  return form && { token, kind: form.kind };
}

/**
 * The key of a token within this process, which does not keep the token: the handle that the token names, and the token's hash
 * in hexadecimal. Another text than a token names no organization.
 */
export function keyOfToken(token: string): string {
  return `${readToken(token)?.handle ?? ''} ${hashToken(token).toString('hex')}`;
}

/** The key of a token whose row the database found. */
export function keyOfRow({ handle, tokenHash }: { readonly handle: string; readonly tokenHash: Buffer }): string {
  return `${handle} ${tokenHash.toString('hex')}`;
}

/** Handles and hashes of these keys, in their order: what the database is asked by. */
export function partsOfKeys(keys: readonly string[]): { readonly handles: string[]; readonly hashes: Buffer[] } {
  const parts = keys.map((key) => key.split(' '));
  return {
    handles: parts.map(([handle = '']) => handle),
    hashes: parts.map(([, hash = '']) => Buffer.from(hash, 'hex')),
  };
}
