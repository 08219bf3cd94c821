import { personActor, type Actor } from '../../core/domain/people/actors.ts';
import { deskPermissions, permissionsOf, type Permission, type Role } from '../../core/domain/people/permissions.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { rememberTogether } from '../sessions/remember-together.ts';
import { remember, type Monotonic } from '../sessions/remember.ts';
import { trustedMs } from '../sessions/session-register.ts';
import { keyOfRow, keyOfToken, partsOfKeys } from '../sessions/tokens.ts';

/** A desk that asks under its own token. */
export interface Desk {
  /** The key of the credential within this process: {@link keyOfToken}. */
  readonly deskKey: string;
  readonly orgId: string;
  readonly deskId: string;
  readonly permissions: readonly Permission[];
}

export interface DeskRegister {
  /** The desk of a token; null where no desk has the token, or the desk was shut out. */
  find(token: string): Promise<Desk | null>;
  /** The desk of a key, for an event stream, which does not keep the token. */
  findByKey(deskKey: string): Promise<Desk | null>;
  /** Whether `find` would answer without asking the database. */
  knows(token: string): boolean;
  /** An active user of the organization, or null. */
  findActor(orgId: string, userId: string): Promise<Actor | null>;
}

/** Desks that asked within this time are refreshed in the same query. A running desk asks more often. */
const pollsWithinMs = 60_000;

/** Desks and the people at them, like sessions, are trusted for `trustedMs` and then looked up again. */
export function openDeskRegister(pool: Pool, now?: Monotonic): DeskRegister {
  const desks = rememberTogether(
    async (deskKeys) => {
      const { handles, hashes } = partsOfKeys(deskKeys);
      const rows = await pool<{ handle: string; tokenHash: Buffer; orgId: string; deskId: string }[]>`
        select handle, token_hash as "tokenHash", org_id as "orgId", desk_id as "deskId"
        from holdfast_api.find_desks(${handles}, ${hashes})`;
      return new Map(
        rows.map(({ handle, tokenHash, orgId, deskId }): [string, Desk] => {
          const deskKey = keyOfRow({ handle, tokenHash });
          return [deskKey, { deskKey, orgId, deskId, permissions: deskPermissions }];
        }),
      );
    },
    { trustedMs, latelyMs: pollsWithinMs, now },
  );
  const loadActor = async (key: string): Promise<Actor | null> => {
    const [orgId = '', userId = ''] = key.split(' ');
    const [row] = await pool<{ role: Role }[]>`select role from holdfast_api.find_actor(${orgId}, ${userId})`;
    return row ? personActor({ orgId, userId, permissions: permissionsOf(row.role) }) : null;
  };
  const actors = remember(loadActor, trustedMs, now);

  return {
    find: (token) => desks.find(keyOfToken(token)),
    findByKey: (deskKey) => desks.find(deskKey),
    knows: (token) => desks.knows(keyOfToken(token)),
    findActor: (orgId, userId) => actors.find(`${orgId} ${userId}`),
  };
}
