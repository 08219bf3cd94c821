import postgres from 'postgres';

import { grantAppRole } from './grants.ts';
import { loadSchemaFiles, type SchemaFile } from './schema-files.ts';

/** The database was made by a newer version of the program, which this one must not touch. */
export class SchemaTooNewError extends Error {
  constructor(unknown: readonly string[]) {
    super(`the database was made by a newer version of Holdfast (it has ${unknown.join(', ')}); update this one`);
    this.name = 'SchemaTooNewError';
  }
}

/** A file that made the tables of this database reads otherwise by now: nobody knows what the tables are. */
export class SchemaChangedError extends Error {
  constructor(changed: readonly string[]) {
    super(
      `${changed.join(', ')} changed after the database was made by it. Put the change into a new file of ` +
        'db/pg/migrations and the old text back; or, where the data may go, make the database anew (--fresh)',
    );
    this.name = 'SchemaChangedError';
  }
}

/**
 * Brings the database to this version's schema and grants the role of `databaseUrl` what it needs, all in one transaction:
 * a start that ends half-way leaves the database as it was. Several servers may start at once; one of them works, and the
 * others find nothing left to do. Returns the names of the files that ran.
 *
 * A file that the database knows and this version does not bring is always taken for a newer version's, also where it is a
 * function's: dropping it would break the newer servers that run beside this one. So a version that gives up a function
 * brings a migration that drops it (db/pg/migrations/README.md).
 * @throws SchemaTooNewError
 * @throws SchemaChangedError where a file of baseline or migrations changed after it ran
 */
export async function migrate(options: {
  adminDatabaseUrl: string;
  databaseUrl: string;
  onProgress?: (line: string) => void;
}): Promise<{ applied: string[] }> {
  const files = await loadSchemaFiles();
  const sql = postgres(options.adminDatabaseUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    return await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext('holdfast migrations'))`;
      await openSchema(tx);
      const due = filesToRun(files, await loadChecksums(tx));
      for (const { name, text, checksum } of due) {
        options.onProgress?.(`schema ${name}`);
        await tx.unsafe(text).simple();
        await tx`insert into schema_files (name, checksum) values (${name}, ${checksum})
          on conflict (name) do update set checksum = excluded.checksum, applied_at = now()`;
      }
      await grantAppRole(tx, decodeURIComponent(new URL(options.databaseUrl).username));
      return { applied: due.map((file) => file.name) };
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * Makes the schema of the tables and puts it first for this transaction; for every later connection too, so that the
 * owner's statements need not name it. The app's role has no right to it, and names the schema of all that it uses.
 */
async function openSchema(tx: postgres.TransactionSql): Promise<void> {
  await tx`create schema if not exists holdfast`;
  await tx`set local search_path = holdfast, public, pg_temp`;
  await tx`do $$ begin execute format('alter database %I set search_path = holdfast, public', current_database()); end $$`;
}

/** The checksums under which files ran in this database, by name. */
async function loadChecksums(tx: postgres.TransactionSql): Promise<ReadonlyMap<string, string>> {
  await tx`create table if not exists schema_files
    (name text primary key, checksum text not null, applied_at timestamptz not null default now())`;
  const rows = await tx<{ name: string; checksum: string }[]>`select name, checksum from schema_files`;
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function filesToRun(files: readonly SchemaFile[], checksums: ReadonlyMap<string, string>): SchemaFile[] {
  const known = new Set(files.map((file) => file.name));
  const unknown = [...checksums.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) throw new SchemaTooNewError(unknown);
  const differing = files.filter((file) => checksums.get(file.name) !== file.checksum);
  const changed = differing.filter((file) => file.runsOnce && checksums.has(file.name));
  if (changed.length > 0) throw new SchemaChangedError(changed.map((file) => file.name));
  return differing;
}
