import type { z } from 'zod';

import type { pairing } from '../../core/contract/pairing.ts';
import { openPool, type Query } from '../../db/pg/pool.ts';
import { hashToken } from '../sessions/tokens.ts';
import { mintPairingCode } from './pairing-code.ts';

type Pairing = z.infer<typeof pairing>;

/** Makes a code by which one desk may join the organization, within ten minutes. `invitedBy` null: the database's owner. */
export async function inviteDesk(
  sql: Query,
  { orgId, handle }: { readonly orgId: string; readonly handle: string },
  invitedBy: string | null,
): Promise<Pairing> {
  const code = mintPairingCode(handle);
  const [row] = await sql<{ expires_at: string }[]>`
    select holdfast_api.rfc3339(holdfast_api.create_desk_pairing(${orgId}, ${invitedBy}, ${hashToken(code)})) as expires_at`;
  if (!row) throw new Error('the pairing was not entered');
  return { code, expiresAt: row.expires_at };
}

/**
 * Makes a code with the database owner's URL, because nobody can sign in yet to invite a first desk. Without `orgId` the desk
 * joins the only organization of the database; throws where the database holds none or several.
 */
export async function makePairingCode(options: { adminDatabaseUrl: string; orgId?: string }): Promise<Pairing> {
  const pool = openPool(options.adminDatabaseUrl, { max: 1, applicationName: 'holdfast pairing' });
  try {
    const organizations = await pool<{ orgId: string; handle: string }[]>`
      select org_id as "orgId", handle from holdfast.organizations where org_id = coalesce(${options.orgId ?? null}::uuid, org_id)`;
    const [organization] = organizations;
    if (!organization || organizations.length > 1) {
      throw new Error(`a desk is invited to one organization, and there are ${organizations.length}`);
    }
    return await inviteDesk(pool, organization, null);
  } finally {
    await pool.end();
  }
}
