import { randomBytes } from 'node:crypto';

import postgres from 'postgres';
import { afterAll, inject, vi } from 'vitest';

import { makeDatabase } from '../../server/host/database/make-database.ts';

export interface TestDatabase {
  /** The URL for role `holdfast_owner`, the owner of every table and function. */
  adminDatabaseUrl: string;
  /** The URL for role `holdfast_app`, which the server uses. */
  databaseUrl: string;
  /** The URL for the cluster's superuser in this database. */
  superuserUrl: string;
  /** Drops the database, and fails when a connection was left open. Runs by itself after the file's tests. */
  drop(): Promise<void>;
}

/**
 * A migrated, empty database for one test file. Call `withDatabase` at the file's top level, and end every pool in an
 * `afterAll` or `afterEach`: an open connection fails the file.
 */
export async function withDatabase(): Promise<TestDatabase> {
  const cluster = inject('clusters')[Number(process.env['VITEST_POOL_ID']) - 1];
  if (!cluster) throw new Error(`there is no cluster for worker ${process.env['VITEST_POOL_ID']}`);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withSuperuser(cluster.superuserUrl, (superuser) => makeDatabase(superuser, name, cluster.template));
  const urlFor = (of: string) => {
    const url = new URL(of);
    url.pathname = `/${name}`;
    return url.href;
  };
  let dropped: Promise<void> | undefined;
  const database = {
    adminDatabaseUrl: urlFor(cluster.adminDatabaseUrl),
    databaseUrl: urlFor(cluster.databaseUrl),
    superuserUrl: urlFor(cluster.superuserUrl),
    drop: () => (dropped ??= withSuperuser(cluster.superuserUrl, (superuser) => checkAndDrop(superuser, name))),
  };
  afterAll(database.drop);
  return database;
}

async function withSuperuser<T>(url: string, fn: (superuser: postgres.Sql) => Promise<T>): Promise<T> {
  const superuser = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await fn(superuser);
  } finally {
    await superuser.end();
  }
}

async function checkAndDrop(superuser: postgres.Sql, name: string): Promise<void> {
  const loadOpen = () => superuser<{ role: string; state: string; query: string }[]>`
    select usename as role, state, left(query, 200) as query from pg_stat_activity where datname = ${name}`;
  try {
    // A closed client leaves the view only when its backend has noticed.
    await vi.waitFor(
      async () => {
        const open = await loadOpen();
        if (open.length > 0) throw new Error(`connections left open by this file: ${JSON.stringify(open)}`);
      },
      { timeout: 5000, interval: 20 },
    );
  } finally {
    await superuser.unsafe(`drop database if exists ${name} with (force)`);
  }
}
