import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface VisitorKeys {
  /** Good for one entry. */
  readonly token: string;
  /** The `Set-Cookie` of a new visitor, or null: the token is wrong, or was used. */
  enter(token: string): string | null;
  /** Whether a request's `Cookie` header is of a visitor who entered. */
  knows(cookieHeader: string | undefined): boolean;
}

/**
 * Who may see the desk: whoever holds the address that was printed when the shell started, once, and the cookie after
 * that. Both are 256 random bits and live as long as the shell. The cookie's name holds the port, because cookies of one
 * host are shared by all its ports, and another shell may run beside this one.
 */
export function makeVisitorKeys(port: number): VisitorKeys {
  const name = `holdfast-${port}`;
  const token = randomBytes(32).toString('base64url');
  const key = randomBytes(32).toString('base64url');
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

/** Compares digests: of one length, in a time that tells nothing of the secret. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
