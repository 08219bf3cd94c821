import postgres from 'postgres';

import { PlainError } from '../plain-error.ts';

export interface CentralPostgres {
  adminDatabaseUrl: string;
  databaseUrl: string;
}

const oldestMajor = 15;

/**
 * The server that DATABASE_URL and DATABASE_ADMIN_URL name, tried out; undefined when neither is set. Throws PlainError,
 * never with a password in it, when one of them is missing, malformed, refused, or unfit for its part.
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
  const admin = mustParse('DATABASE_ADMIN_URL', adminDatabaseUrl);
  const app = mustParse('DATABASE_URL', databaseUrl);
  const adminSees = await mustConnect('DATABASE_ADMIN_URL', admin);
  const appSees = await mustConnect('DATABASE_URL', app);
  if (adminSees.major < oldestMajor) {
    throw new PlainError(`The server is PostgreSQL ${adminSees.major}; Holdfast needs ${oldestMajor} or later.`);
  }
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

function mustParse(name: string, text: string): URL {
  const url = URL.parse(text);
  if (
    url !== null &&
    /^postgres(ql)?:$/.test(url.protocol) &&
    url.hostname &&
    url.username &&
    url.pathname.length > 1
  ) {
    return url;
  }
  throw new PlainError(`${name} is not a PostgreSQL URL. It looks like postgres://user:password@host:5432/database.`);
}

interface Seen {
  role: string;
  database: string;
  major: number;
  bypasses: boolean;
}

async function mustConnect(name: string, url: URL): Promise<Seen> {
  const bare = new URL(url);
  bare.searchParams.delete('prepare');
  const sql = postgres(bare.href, { max: 1, connect_timeout: 10, prepare: false, onnotice: () => {} });
  try {
    const [seen] = await sql<Seen[]>`
      select current_user as role, current_database() as database, rolsuper or rolbypassrls as bypasses,
             current_setting('server_version_num')::int / 10000 as major
      from pg_roles where rolname = current_user`;
    return seen!;
  } catch (error) {
    throw new PlainError(explain(name, url, (error as { code?: string }).code ?? 'unknown error'));
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function explain(name: string, url: URL, code: string): string {
  const where = `${url.hostname}:${url.port || '5432'}`;
  const user = decodeURIComponent(url.username);
  const database = decodeURIComponent(url.pathname.slice(1));
  switch (code) {
    case '28P01':
    case '28000':
      return `${name}: ${where} refuses the user "${user}" or its password. Check both, and pg_hba.conf.`;
    case '3D000':
      return `${name}: ${where} has no database "${database}". Create it (owned by the user of DATABASE_ADMIN_URL), or correct the name.`;
    case '42501':
      return `${name}: the user "${user}" may not connect to "${database}". Grant it: grant connect on database.`;
    case '53300':
      return `${name}: ${where} has no free connection. Raise max_connections, or close other programs.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${name}: there is no host "${url.hostname}". Check the name and the network.`;
    default:
      return `${name}: no PostgreSQL answers at ${where} (${code}). Check host and port, and that the server runs.`;
  }
}
