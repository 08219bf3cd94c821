import { openOwnerConnection } from '../../db/pg/owner-connection.ts';
import { makePairingCode } from '../../server/desks/invite-desk.ts';

/**
 * A one-time code for the desk of whoever has the owner's URL; null where the database holds several organizations, or
 * none: nobody said to which this desk belongs, so it works under the session of who is signed in.
 */
export async function codeForDesk(adminDatabaseUrl: string): Promise<string | null> {
  const sql = openOwnerConnection(adminDatabaseUrl, { applicationName: 'holdfast pairing' });
  try {
    const organizations = await sql`select from organizations limit 2`;
    if (organizations.length !== 1) return null;
  } finally {
    await sql.end({ timeout: 5 });
  }
  return (await makePairingCode({ adminDatabaseUrl })).code;
}
