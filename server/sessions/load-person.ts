import type { Person } from '../../core/contract/session.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { withSnapshot } from '../../db/pg/with-snapshot.ts';
import type { SignedIn } from './session-register.ts';

/** The person of a session, with the organization's name and its sites by name. */
export async function loadPerson(pool: Pool, signedIn: SignedIn): Promise<Person> {
  const { orgId, userId, displayName, role, permissions, homeSiteId } = signedIn;
  return withSnapshot(pool, orgId, async (tx) => {
    const [[organization], sites] = await Promise.all([
      tx<
        { name: string; isDemo: boolean }[]
      >`select name, is_demo as "isDemo" from holdfast_read.organizations where org_id = ${orgId}`,
      tx<Person['sites']>`
        select site_id as "siteId", name, time_zone as "timeZone" from holdfast_read.sites where org_id = ${orgId} order by name, site_id`,
    ]);
    if (!organization) throw new Error('the organization of an open session is gone');
    return {
      userId,
      orgId,
      organizationName: organization.name,
      isDemo: organization.isDemo,
      displayName,
      role,
      permissions: [...permissions],
      homeSiteId,
      sites: [...sites],
    };
  });
}
