import { v7 as uuidv7 } from 'uuid';

import type { Credentials } from '../../core/contract/session.ts';
import { makeHandle } from '../../core/domain/people/organization-handle.ts';
import { openOwnerConnection, type OwnerTransaction } from '../../db/pg/owner-connection.ts';
import { hashPassword, makePassword } from '../sessions/passwords.ts';

const organizationName = 'My practice';
const username = 'administrator';

/**
 * Makes an organization with one site and its administrator in a database that has none. Returns the sign-in, whose password
 * is stored nowhere, or null where the organization has been used. Until the administrator has signed in for the first time,
 * each call gives a new password: the screen that showed the one before may be gone.
 */
export async function makeFirstOrganization(options: {
  adminDatabaseUrl: string;
  /** The site's zone, an IANA name. */
  timeZone: string;
  /** The site's country by ISO 3166-1 alpha-2, which the zone does not tell. */
  country: string;
}): Promise<Credentials | null> {
  const sql = openOwnerConnection(options.adminDatabaseUrl, { max: 1, applicationName: 'holdfast setup' });
  try {
    const password = makePassword();
    const passwordHash = await hashPassword(password);
    const isNew = await sql.begin(async (tx) => writeFirst(tx as OwnerTransaction, passwordHash, options));
    return isNew ? { username, password } : null;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function writeFirst(
  tx: OwnerTransaction,
  passwordHash: string,
  { timeZone, country }: { readonly timeZone: string; readonly country: string },
): Promise<boolean> {
  await tx`select pg_advisory_xact_lock(hashtext('holdfast first organization'))`;
  const [known] = await tx`select from organizations limit 1`;
  if (known) {
    const unused = await tx`
      update users set password_hash = ${passwordHash}
      where username = ${username} and (select count(*) from users) = 1 and not exists (select from sessions)`;
    return unused.count === 1;
  }
  const [orgId, siteId] = [uuidv7(), uuidv7()];
  await tx`insert into organizations (org_id, name, handle)
    values (${orgId}, ${organizationName}, ${makeHandle(organizationName, [])})`;
  await tx`insert into sites (org_id, site_id, name, time_zone, country)
    values (${orgId}, ${siteId}, 'Main site', ${timeZone}, ${country})`;
  await tx`insert into users (org_id, user_id, username, display_name, role, password_hash, home_site_id)
    values (${orgId}, ${uuidv7()}, ${username}, 'Administrator', 'administrator', ${passwordHash}, ${siteId})`;
  return true;
}
