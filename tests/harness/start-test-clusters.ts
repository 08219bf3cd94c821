import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import postgres from 'postgres';
import type { TestProject } from 'vitest/node';

import { migrate } from '../../db/pg/migrate.ts';
import { databaseName, makeCredentials, roles } from '../../server/host/database/credentials.ts';
import { makeDatabase, makeRoles } from '../../server/host/database/make-database.ts';
import { startEmbeddedPostgres } from '../../server/host/database/start-embedded-postgres.ts';

interface TestCluster {
  readonly adminDatabaseUrl: string;
  readonly databaseUrl: string;
  readonly superuserUrl: string;
  readonly template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** One cluster for each worker. */
    clusters: readonly TestCluster[];
  }
}

/**
 * Starts a cluster for each worker of the run, with a migrated database that `withDatabase` clones. One cluster for all would
 * not do: the feed waits for every transaction of its cluster, also for those in other files' databases. HOLDFAST_TEST_PG,
 * the URL of a superuser, runs the tests on that server instead (for example PostgreSQL 15), file by file, and takes over
 * its roles holdfast_owner and holdfast_app.
 */
export default async function startTestClusters(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['HOLDFAST_TEST_PG'];
  const starts =
    given === undefined
      ? Array.from({ length: project.vitest.config.maxWorkers }, () => startEmbedded())
      : [useGiven(given)];
  const clusters = await Promise.all(starts);
  const stop = async () => void (await Promise.all(clusters.map((cluster) => cluster.stop())));
  try {
    await Promise.all(clusters.map((cluster) => migrate(cluster)));
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide(
    'clusters',
    clusters.map(({ adminDatabaseUrl, databaseUrl, superuserUrl, template }) => {
      return { adminDatabaseUrl, databaseUrl, superuserUrl, template };
    }),
  );
  return stop;
}

async function startEmbedded() {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'holdfast-test-'));
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  const stop = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...server, template: databaseName, stop };
}

async function useGiven(superuserUrl: string) {
  const template = `holdfast_template_${randomBytes(6).toString('hex')}`;
  const credentials = makeCredentials();
  const superuser = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  await makeRoles(superuser, credentials);
  await makeDatabase(superuser, template);
  const urlFor = (role: 'owner' | 'app') => {
    const url = new URL(superuserUrl);
    url.username = roles[role];
    url.password = credentials[role];
    url.pathname = `/${template}`;
    return url.href;
  };
  const stop = async () => {
    await superuser.unsafe(`drop database if exists ${template} with (force)`);
    await superuser.end();
  };
  return { adminDatabaseUrl: urlFor('owner'), databaseUrl: urlFor('app'), superuserUrl, template, stop };
}
