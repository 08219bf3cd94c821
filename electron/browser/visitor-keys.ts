import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface VisitorKeys {
  /** Opens the desk once. */
  readonly token: string;
  /** Returns the `Set-Cookie` header of a new visitor. Null where the token is wrong or was used. */
  enter(token: string): string | null;
  /** Whether a request's `Cookie` header has the cookie of a visitor who entered. */
  knows(cookieHeader: string | undefined): boolean;
}

/**
 * Makes the keys by which a visitor may see the desk: once by the token in the address that the shell printed, after that by a
 * cookie. The token is 256 random bits and lives as long as the shell. The cookie comes from the desk's own key, so that a page
 * that is open goes on after a restart of the shell. Its name has the port, because all ports of a host share its cookies, and
 * another shell may run beside this one.
 */
export function makeVisitorKeys(port: number, deskKey: string): VisitorKeys {
  const name = `holdfast-${port}`;
  const token = randomBytes(32).toString('base64url');
  const key = createHmac('sha256', deskKey).update('the cookie of a visitor').digest('base64url');
  let used = false;

  return {
    token,
    enter(given) {
      if (used || !isSame(given, token)) return null;
      used = true;
      return `${name}=${key}; HttpOnly; SameSite=Strict; Path=/`;
    },
    knows(cookieHeader) {
      const cookies = (cookieHeader ?? '').split(';').map((cookie) => cookie.trim());
      return cookies.some((cookie) => cookie.startsWith(`${name}=`) && isSame(cookie.slice(name.length + 1), key));
    },
  };
}

/** Compares digests: they have one length, and the time of the comparison tells nothing about the secret. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
