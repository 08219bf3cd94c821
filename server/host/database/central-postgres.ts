import { PlainError } from '../../problems/plain-error.ts';
import { lookAround, oldestMajor, tooOld, visitPostgres } from './visit-postgres.ts';

export interface CentralPostgres {
  adminDatabaseUrl: string;
  databaseUrl: string;
}

/**
 * The server that DATABASE_URL and DATABASE_ADMIN_URL name, after a visit by each; undefined where neither is set. Throws
 * PlainError, never with a password in it, where one of the two is missing, malformed, refused, or unfit for its role.
 */
export async function findCentralPostgres(env: NodeJS.ProcessEnv): Promise<CentralPostgres | undefined> {
  const databaseUrl = env['DATABASE_URL'];
  const adminDatabaseUrl = env['DATABASE_ADMIN_URL'];
  if (!databaseUrl && !adminDatabaseUrl) return undefined;
  if (!databaseUrl || !adminDatabaseUrl) {
    const [set, missing] = databaseUrl
      ? ['DATABASE_URL', 'DATABASE_ADMIN_URL']
      : ['DATABASE_ADMIN_URL', 'DATABASE_URL'];
    throw new PlainError(
      `${set} is set and ${missing} is not: set both (the owner's URL migrates, the app role's serves), or neither.`,
    );
  }
  const adminSees = await visitPostgres('DATABASE_ADMIN_URL', adminDatabaseUrl, lookAround);
  const appSees = await visitPostgres('DATABASE_URL', databaseUrl, lookAround);
  if (adminSees.major < oldestMajor) throw tooOld(adminSees.major);
  if (adminSees.database !== appSees.database) {
    throw new PlainError(
      `DATABASE_ADMIN_URL names the database "${adminSees.database}" and DATABASE_URL "${appSees.database}": name one.`,
    );
  }
  if (appSees.role === adminSees.role || appSees.bypasses) {
    throw new PlainError(
      `DATABASE_URL signs in as "${appSees.role}", which is the owner or may bypass row-level security: make it a role of its own that owns nothing.`,
    );
  }
  return { adminDatabaseUrl, databaseUrl };
}
