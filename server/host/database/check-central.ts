import type postgres from 'postgres';

import type { SetupTest } from '../../../core/contract/desk/setup.ts';
import { schemaFileNames } from '../../../db/pg/schema-files.ts';
import { PlainError } from '../../problems/plain-error.ts';
import type { CentralPostgres } from './central-postgres.ts';
import { lookAround, oldestMajor, tooOld, visitPostgres } from './visit-postgres.ts';

type Check = SetupTest['checks'][number];

const ownersUrl = "The owner's address";
const appsUrl = "The app's address";

/**
 * Checks whether a desk can host a server on these two URLs: the owner signs in, the app's role owns nothing, and the schema
 * is Holdfast's or can be made. The first failed check is the last. No `detail` holds a password.
 */
export async function checkCentral({ adminDatabaseUrl, databaseUrl }: CentralPostgres): Promise<Check[]> {
  const checks: Check[] = [];
  const steps: [Check['check'], () => Promise<string>][] = [
    ['database', () => visitPostgres(ownersUrl, adminDatabaseUrl, lookAround).then(sayDatabase)],
    ['app-role', () => checkAppRole(adminDatabaseUrl, databaseUrl)],
    ['schema', () => visitPostgres(ownersUrl, adminDatabaseUrl, readSchema).then(saySchema)],
  ];
  for (const [check, look] of steps) {
    try {
      checks.push({ check, ok: true, detail: await look() });
    } catch (error) {
      if (!(error instanceof PlainError)) throw error;
      return [...checks, { check, ok: false, detail: error.message }];
    }
  }
  return checks;
}

function sayDatabase({ database, major }: Awaited<ReturnType<typeof lookAround>>): string {
  if (major < oldestMajor) throw tooOld(major);
  return `PostgreSQL ${major}, database "${database}".`;
}

interface Role {
  readonly exists: boolean;
  readonly owner: string;
  readonly database: string;
}

async function checkAppRole(adminDatabaseUrl: string, databaseUrl: string): Promise<string> {
  const name = decodeURIComponent(URL.parse(databaseUrl)?.username ?? '');
  const role = await visitPostgres(ownersUrl, adminDatabaseUrl, async (sql) => {
    const [found] = await sql<Role[]>`
      select exists (select from pg_roles where rolname = ${name}) as exists, current_user as owner,
             current_database() as database`;
    return found!;
  });
  if (name === role.owner) {
    throw new PlainError(
      `${appsUrl} signs in as "${name}", the owner. The app needs a role of its own that owns nothing: CREATE ROLE holdfast_app LOGIN PASSWORD '…'.`,
    );
  }
  if (!role.exists) {
    throw new PlainError(
      `The server has no role "${name}". Create it, owning nothing: CREATE ROLE ${name} LOGIN PASSWORD '…'.`,
    );
  }
  const seen = await visitPostgres(appsUrl, databaseUrl, async (sql) => {
    const around = await lookAround(sql);
    const [{ owns } = { owns: false }] = await sql<{ owns: boolean }[]>`
      select exists (select from pg_class where relowner = current_user::regrole)
          or exists (select from pg_database where datname = current_database() and datdba = current_user::regrole)
          or pg_has_role(current_user, ${role.owner}, 'member') as owns`;
    return { ...around, owns };
  });
  if (seen.database !== role.database) {
    throw new PlainError(`The two addresses name two databases, "${role.database}" and "${seen.database}": name one.`);
  }
  if (seen.bypasses || seen.owns) {
    throw new PlainError(
      `"${name}" could pass the walls: it owns something, is a member of the owner, a superuser, or bypasses row-level security. Give the app a role that owns nothing: CREATE ROLE holdfast_app LOGIN PASSWORD '…'.`,
    );
  }
  return `"${name}" owns nothing.`;
}

interface Schema {
  readonly owner: string;
  readonly database: string;
  readonly ownsIt: boolean;
  /** The names of the schema files that ran; null: the database was never Holdfast's. */
  readonly applied: string[] | null;
  readonly foreignTables: number;
  readonly missingExtensions: string[];
  readonly organizations: number;
}

async function readSchema(sql: postgres.Sql): Promise<Schema> {
  const [schema] = await sql<Omit<Schema, 'applied' | 'organizations'>[]>`
    select current_user as owner, current_database() as database,
           pg_has_role(current_user, (select datdba from pg_database where datname = current_database()), 'usage') as "ownsIt",
           (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind = 'r') as "foreignTables",
           array(select wanted from unnest(array['pg_trgm']) wanted
                 where not exists (select from pg_available_extensions where name = wanted)) as "missingExtensions"`;
  const [{ there } = { there: false }] = await sql<{ there: boolean }[]>`
    select to_regclass('holdfast.schema_files') is not null and to_regclass('holdfast.organizations') is not null as there`;
  if (!there) return { ...schema!, applied: null, organizations: 0 };
  const rows = await sql<{ name: string }[]>`select name from holdfast.schema_files`;
  const [{ organizations } = { organizations: 0 }] = await sql<{ organizations: number }[]>`
    select count(*)::int as organizations from holdfast.organizations`;
  return { ...schema!, applied: rows.map((row) => row.name), organizations };
}

async function saySchema(schema: Schema): Promise<string> {
  const { owner, database, ownsIt, applied, foreignTables, missingExtensions } = schema;
  const known = await schemaFileNames();
  if (applied?.some((name) => !known.includes(name))) {
    throw new PlainError('The data was made by a newer version of Holdfast. Update Holdfast on this PC.');
  }
  if (schema.organizations > 1) {
    throw new PlainError(
      `The database holds ${schema.organizations} organizations, and this desk would belong to one. Run a server for them (npm run serve), and connect to it by a code of that organization.`,
    );
  }
  if (applied === null && foreignTables > 0) {
    throw new PlainError(
      `The database "${database}" holds tables of another program. Create one for Holdfast alone: CREATE DATABASE holdfast OWNER ${owner}.`,
    );
  }
  if (missingExtensions.length > 0) {
    throw new PlainError(
      `The server lacks ${missingExtensions.join(' and ')}, which come with PostgreSQL: install its package postgresql-contrib.`,
    );
  }
  const missing = known.length - (applied?.length ?? 0);
  if (!ownsIt) {
    throw new PlainError(
      `"${owner}" may not make tables in "${database}". Let it own the database: ALTER DATABASE ${database} OWNER TO ${owner}.`,
    );
  }
  if (applied === null) return 'The database is empty: Holdfast will be set up in it.';
  return missing === 0 ? 'It is of this version.' : `It will be brought up to date (${missing} steps).`;
}
