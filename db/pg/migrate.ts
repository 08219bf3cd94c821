import { readdir, readFile } from 'node:fs/promises';

import postgres from 'postgres';

import { grantAppRole } from './grants.ts';

const migrationsUrl = new URL('./migrations/', import.meta.url);

/** The database was migrated by a newer version of the program, which this one must not touch. */
export class SchemaTooNewError extends Error {
  constructor(unknown: readonly string[]) {
    super(`the database was made by a newer version of Holdfast (it has ${unknown.join(', ')}); update this one`);
    this.name = 'SchemaTooNewError';
  }
}

/** Names of the migrations that this version brings, in order. */
export async function migrationNames(): Promise<string[]> {
  return (await readdir(migrationsUrl)).filter((name) => name.endsWith('.sql')).toSorted();
}

/**
 * Brings the database to this version's schema and grants the role of `databaseUrl` what it needs. Each migration is one
 * transaction; several servers may start at once, one of them migrates. Throws {@link SchemaTooNewError}.
 */
export async function migrate(options: {
  adminDatabaseUrl: string;
  databaseUrl: string;
  onProgress?: (line: string) => void;
}): Promise<{ applied: string[] }> {
  const sql = postgres(options.adminDatabaseUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    // Session-level, because the lock has to outlive the migrations' own transactions.
    await sql`select pg_advisory_lock(hashtext('holdfast migrations'))`;
    await sql`create table if not exists schema_migrations
      (name text primary key, applied_at timestamptz not null default now())`;
    const known = await migrationNames();
    const done = (await sql<{ name: string }[]>`select name from schema_migrations`).map((row) => row.name);
    const unknown = done.filter((name) => !known.includes(name));
    if (unknown.length > 0) throw new SchemaTooNewError(unknown);
    const applied = known.filter((name) => !done.includes(name));
    for (const name of applied) {
      options.onProgress?.(`migration ${name}`);
      const statements = await readFile(new URL(name, migrationsUrl), 'utf8');
      await sql.begin(async (tx) => {
        await tx.unsafe(statements).simple();
        await tx`insert into schema_migrations (name) values (${name})`;
      });
    }
    await grantAppRole(sql, decodeURIComponent(new URL(options.databaseUrl).username));
    return { applied };
  } finally {
    await sql.end({ timeout: 5 });
  }
}
