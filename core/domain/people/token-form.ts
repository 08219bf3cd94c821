import { handleSource } from './organization-handle.ts';

/** A session's token is a person's, a desk's token is the desk's own. */
export type TokenKind = 'session' | 'desk';

/** 256 random bits as base64url (RFC 4648, section 5). */
const secret = '[A-Za-z0-9_-]{43}';

/** The two kinds differ in length, so that no secret that begins with `desk_` makes a session's token a desk's. */
const form = new RegExp(`^(?<handle>${handleSource})_(?<desk>desk_)?${secret}$`);

/** `nordstern_…` or `nordstern_desk_…`, so that people recognise a token that leaked, and whose it is. */
export function tokenOf(handle: string, kind: TokenKind, ownSecret: string): string {
  return kind === 'desk' ? `${handle}_desk_${ownSecret}` : `${handle}_${ownSecret}`;
}

/** What a token says of itself: the organization that it names, and its kind. Null for any other text. */
export function readToken(token: string): { readonly handle: string; readonly kind: TokenKind } | null {
  const groups = form.exec(token)?.groups;
  if (!groups) return null;
  return { handle: groups['handle'] ?? '', kind: groups['desk'] === undefined ? 'session' : 'desk' };
}
