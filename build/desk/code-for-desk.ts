import { openOwnerConnection } from '../../db/pg/owner-connection.ts';
import { makePairingCode } from '../../server/desks/invite-desk.ts';

/**
 * A one-time pairing code, made with the owner's URL. Null when the database holds no organization or several: nobody said
 * which one this desk belongs to, so the desk works under the session of the person who is signed in.
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
