import postgres from 'postgres';

import { PlainError } from '../../problems/plain-error.ts';

/** The oldest major version of PostgreSQL that Holdfast runs on. */
export const oldestMajor = 15;

export const tooOld = (major: number): PlainError =>
  new PlainError(`The server is PostgreSQL ${major}; Holdfast needs ${oldestMajor} or later.`);

/** What a role sees of the server and of itself. `bypasses`: the role is a superuser or bypasses row-level security. */
interface Seen {
  role: string;
  database: string;
  major: number;
  bypasses: boolean;
}

/**
 * Runs `visit` on one connection to the URL in `text`; `name` is what messages call the URL. Throws PlainError, without a
 * password in it, where the URL is malformed or the visit fails.
 */
export async function visitPostgres<T>(
  name: string,
  text: string,
  visit: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const url = requirePostgresUrl(name, text);
  const bare = new URL(url);
  bare.searchParams.delete('prepare');
  const sql = postgres(bare.href, { max: 1, connect_timeout: 10, prepare: false, onnotice: () => {} });
  try {
    return await visit(sql);
  } catch (error) {
    throw new PlainError(explain(name, url, (error as { code?: string }).code ?? 'unknown error'));
  } finally {
    await sql.end({ timeout: 1 });
  }
}

export async function lookAround(sql: postgres.Sql): Promise<Seen> {
  const [seen] = await sql<Seen[]>`
    select current_user as role, current_database() as database, rolsuper or rolbypassrls as bypasses,
           current_setting('server_version_num')::int / 10000 as major
    from pg_roles where rolname = current_user`;
  return seen!;
}

function requirePostgresUrl(name: string, text: string): URL {
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

function explain(name: string, url: URL, code: string): string {
  const where = `${url.hostname}:${url.port || '5432'}`;
  const user = decodeURIComponent(url.username);
  const database = decodeURIComponent(url.pathname.slice(1));
  switch (code) {
    case '28P01':
    case '28000':
      return `${name}: ${where} refuses the user "${user}" or its password. Check both, and pg_hba.conf.`;
    case '3D000':
      return `${name}: ${where} has no database "${database}". Create it, owned by the user who migrates, or correct the name.`;
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
