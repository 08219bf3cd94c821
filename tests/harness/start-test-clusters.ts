import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import postgres from 'postgres';
import type { TestProject } from 'vitest/node';

import { databaseName, makeCredentials, roles } from '../../build/database/credentials.ts';
import { makeDatabase, makeRoles } from '../../build/database/make-database.ts';
import { startEmbeddedPostgres } from '../../build/database/start-embedded-postgres.ts';
import { migrate } from '../../db/pg/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { adminDatabaseUrl: string; databaseUrl: string; superuserUrl: string; template: string };
  }
}

/**
 * One cluster for the whole run, with a migrated database that `withDatabase` clones. HOLDFAST_TEST_PG, the URL of a
 * superuser, runs against that server instead (say PostgreSQL 15): its roles holdfast_owner and holdfast_app are taken over.
 */
export default async function startTestCluster(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['HOLDFAST_TEST_PG'];
  const cluster = given === undefined ? await startEmbedded() : await useGiven(given);
  try {
    await migrate({ adminDatabaseUrl: cluster.adminDatabaseUrl, databaseUrl: cluster.databaseUrl });
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  const { adminDatabaseUrl, databaseUrl, superuserUrl, template } = cluster;
  project.provide('postgres', { adminDatabaseUrl, databaseUrl, superuserUrl, template });
  return cluster.stop;
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
