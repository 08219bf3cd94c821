import { permissionsOf, type Permission, type Role } from '../../core/domain/people/permissions.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { remember } from '../sessions/remember.ts';
import { trustedMs } from '../sessions/session-register.ts';
import { hashToken } from '../sessions/tokens.ts';

/** A desk that asks in its own name. */
export interface Desk {
  /** The token's hash, as text: names the credential within this process. */
  readonly deskKey: string;
  readonly orgId: string;
  readonly deskId: string;
  /** What it may read. What it sends is done by people, with theirs. */
  readonly permissions: readonly Permission[];
}

/** Somebody who acts at a desk. */
export interface Actor {
  readonly orgId: string;
  readonly userId: string;
  readonly permissions: readonly Permission[];
}

export interface DeskRegister {
  /** The desk of a token, or null when there is none, or it was shut out. */
  find(token: string): Promise<Desk | null>;
  /** Whether `find` would answer without asking the database. */
  knows(token: string): boolean;
  /** An active user of the organization, or null. */
  findActor(orgId: string, userId: string): Promise<Actor | null>;
}

const deskPermissions: readonly Permission[] = ['read-calendar', 'read-patients'];

/** Like sessions, desks and the people at them are looked up anew every few seconds. */
export function openDeskRegister(pool: Pool): DeskRegister {
  const desks = remember(async (deskKey) => {
    const [row] = await pool<{ orgId: string; deskId: string }[]>`
      select org_id as "orgId", desk_id as "deskId" from find_desk(${Buffer.from(deskKey, 'hex')})`;
    return row ? { ...row, deskKey, permissions: deskPermissions } : null;
  }, trustedMs);
  const actors = remember(async (key) => {
    const [orgId = '', userId = ''] = key.split(' ');
    const [row] = await pool<{ role: Role }[]>`select role from find_actor(${orgId}, ${userId})`;
    return row ? { orgId, userId, permissions: permissionsOf(row.role) } : null;
  }, trustedMs);

  const keyOf = (token: string) => hashToken(token).toString('hex');
  return {
    find: (token) => desks.find(keyOf(token)),
    knows: (token) => desks.knows(keyOf(token)),
    findActor: (orgId, userId) => actors.find(`${orgId} ${userId}`),
  };
}
