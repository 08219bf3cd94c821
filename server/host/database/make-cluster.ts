import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { PlainError } from '../../problems/plain-error.ts';
import { makeCredentials, requireCredentials, roles, writeCredentials } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import { embeddedMajor } from './postgres-binaries.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { ServerAccount } from './server-account.ts';

/**
 * Makes the cluster in `clusterDir` where there is none; returns the cluster's passwords. The function makes the cluster in a
 * sibling folder and renames that when it is complete, so `clusterDir` is always a whole cluster, wherever an earlier attempt
 * was killed. Throws PlainError for a cluster of another major version.
 */
export async function makeCluster(
  binaries: PostgresBinaries,
  account: ServerAccount,
  clusterDir: string,
  options: { durable: boolean; onProgress(line: string): void },
): Promise<Credentials> {
  const dataDir = path.dirname(clusterDir);
  const major = await majorOf(clusterDir);
  if (major === embeddedMajor) return requireCredentials(dataDir);
  if (major !== undefined) throw wrongMajor(dataDir, major);

  options.onProgress('creating the database cluster (first run)');
  const half = `${clusterDir}.new`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  await account.own(half);
  const credentials = makeCredentials();
  const passwordFile = `${half}.password`;
  await writeFile(passwordFile, credentials.superuser, { mode: 0o600 });
  await account.own(passwordFile);
  try {
    const result = await account.runTool(binaries.initdb, [
      '--pgdata',
      half,
      '--username',
      roles.superuser,
      '--pwfile',
      passwordFile,
      '--auth',
      'scram-sha-256',
      '--encoding',
      'UTF8',
      // In the C locale pg_trgm sees no letters beyond ASCII, and a search for Жанна or 陳 finds nothing.
      '--locale-provider',
      'builtin',
      '--locale',
      'C.UTF-8',
      '--data-checksums',
      ...(options.durable ? [] : ['--no-sync']),
    ]);
    if (result.code !== 0)
      throw new PlainError(`The database cluster could not be created: ${lastLine(result.stderr)}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeFile(path.join(half, 'postgresql.conf'), "include 'holdfast.conf'\n", { flag: 'a' });
  await writeCredentials(dataDir, credentials);
  await rename(half, clusterDir);
  return credentials;
}

async function majorOf(clusterDir: string): Promise<number | undefined> {
  try {
    return Number.parseInt(await readFile(path.join(clusterDir, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new PlainError(
      `${clusterDir} cannot be read (${code}). Start as the user who made it, or choose another folder with --data-dir.`,
    );
  }
}

function wrongMajor(dataDir: string, major: number): PlainError {
  return major > embeddedMajor
    ? new PlainError(
        `The data in ${dataDir} is of a newer version (PostgreSQL ${major}; this is ${embeddedMajor}). Update Holdfast, or choose another folder with --data-dir.`,
      )
    : new PlainError(
        `The data in ${dataDir} is of PostgreSQL ${major}, which this version cannot open. Use the version that made it, or choose another folder with --data-dir.`,
      );
}

export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
