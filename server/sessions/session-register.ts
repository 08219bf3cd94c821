import { permissionsOf, type Permission, type Role } from '../../core/domain/people/permissions.ts';
import { sessionHours } from '../../core/domain/people/sign-in.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { rememberTogether } from './remember-together.ts';
import type { Monotonic } from './remember.ts';
import { hashToken, keyOfRow, keyOfToken, mintToken, partsOfKeys } from './tokens.ts';

/** The person of an open session. */
export interface SignedIn {
  /** The key of the session within this process: {@link keyOfToken}. */
  readonly sessionKey: string;
  readonly orgId: string;
  /** The organization's handle, with which its tokens and pairing codes begin. */
  readonly handle: string;
  readonly userId: string;
  readonly role: Role;
  readonly displayName: string;
  readonly homeSiteId: string;
  readonly permissions: readonly Permission[];
  /** RFC 3339 in UTC. */
  readonly expiresAt: string;
  readonly secondsLeft: number;
}

export interface SessionRegister {
  /** Opens a session of `sessionHours`. The token leaves the process here and nowhere else. */
  open(person: { orgId: string; handle: string; userId: string }): Promise<{ token: string; signedIn: SignedIn }>;
  /** The session of a token; null where there is none, or the session has ended or expired. */
  find(token: string): Promise<SignedIn | null>;
  /** The session of a key, for an event stream, which does not keep the token. */
  findByKey(sessionKey: string): Promise<SignedIn | null>;
  end(sessionKey: string): Promise<void>;
  /** Whether `find` would answer without asking the database. */
  knows(token: string): boolean;
  /** Calls `listener` when the session ends on this server. The returned function stops that. */
  onEnd(sessionKey: string, listener: () => void): () => void;
}

type Row = Omit<SignedIn, 'sessionKey' | 'permissions'>;

/**
 * How long a look-up is trusted. Every request looks its session up, and a desk asks many times a second. A session that
 * ended on another server, and a user who became inactive, keep their access for at most this long.
 */
export const trustedMs = 3_000;

/** Sessions used within this time are refreshed in the same batch. */
const asksWithinMs = 60_000;

export function openSessionRegister(pool: Pool, now?: Monotonic): SessionRegister {
  const sessions = rememberTogether(load, { trustedMs, latelyMs: asksWithinMs, now });
  const listeners = new Map<string, Set<() => void>>();

  async function load(sessionKeys: readonly string[]): Promise<Map<string, SignedIn>> {
    const { handles, hashes } = partsOfKeys(sessionKeys);
    const rows = await pool<(Row & { tokenHash: Buffer })[]>`
      select token_hash as "tokenHash", org_id as "orgId", handle, user_id as "userId", role, display_name as "displayName",
        home_site_id as "homeSiteId", holdfast_api.rfc3339(expires_at) as "expiresAt",
        extract(epoch from expires_at - clock_timestamp())::float8 as "secondsLeft"
      from holdfast_api.find_sessions(${handles}, ${hashes})`;
    return new Map(
      rows.map(({ tokenHash, ...row }): [string, SignedIn] => {
        const sessionKey = keyOfRow({ handle: row.handle, tokenHash });
        return [sessionKey, { ...row, sessionKey, permissions: permissionsOf(row.role) }];
      }),
    );
  }

  const find = (token: string) => sessions.find(keyOfToken(token));

  return {
    find,
    findByKey: (sessionKey) => sessions.find(sessionKey),
    knows: (token) => sessions.knows(keyOfToken(token)),
    async open({ orgId, handle, userId }) {
      const token = mintToken(handle, 'session');
      await pool`
        select holdfast_api.create_session(${orgId}, ${userId}, ${hashToken(token)}, now() + make_interval(hours => ${sessionHours}))`;
      const signedIn = await find(token);
      if (!signedIn) throw new Error('the session that was just opened is not there');
      return { token, signedIn };
    },
    async end(sessionKey) {
      const { handles, hashes } = partsOfKeys([sessionKey]);
      await pool`select holdfast_api.end_session(${handles[0]}, ${hashes[0]})`;
      // Forget after the statement: a look-up that began before it could put the session back.
      sessions.forget(sessionKey);
      for (const listener of listeners.get(sessionKey) ?? []) listener();
    },
    onEnd(sessionKey, listener) {
      const set = listeners.get(sessionKey) ?? new Set();
      listeners.set(sessionKey, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(sessionKey) === set) listeners.delete(sessionKey);
      };
    },
  };
}
