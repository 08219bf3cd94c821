import { readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import postgres from 'postgres';

import { PlainError } from '../../problems/plain-error.ts';
import { databaseName, urlOf } from './credentials.ts';
import { choosePort } from './free-port.ts';
import { guardPostmaster } from './guard-postmaster.ts';
import { lastLine, makeCluster } from './make-cluster.ts';
import { makeDatabase, makeRoles } from './make-database.ts';
import { requirePostgresBinaries } from './postgres-binaries.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { findServerAccount } from './server-account.ts';
import type { ServerAccount } from './server-account.ts';
import { clearStalePostmaster } from './stale-postmaster.ts';

export interface EmbeddedPostgresOptions {
  /** An existing folder, locked by the caller (see openDataFolder). */
  dataDir: string;
  /** The port to use; PlainError where it is in use. */
  port?: number | undefined;
  /** The port of the last start; any free port takes its place. */
  preferredPort?: number | undefined;
  /** False only for tests: no fsync, so a power cut loses data. Default: true. */
  durable?: boolean;
  /** Whether the server stops with this process, also where that is killed. Default: false, and the next start stops it. */
  endsWithProcess?: boolean;
  onProgress?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** The URL of the role `holdfast_owner`, which owns the database. It is no superuser, so constraints and triggers bind it. */
  adminDatabaseUrl: string;
  /** The URL of the role `holdfast_app`, which owns nothing and is bound by row-level security. */
  databaseUrl: string;
  /** The URL of the cluster's superuser, for the test harness: makes databases, sees all connections. */
  superuserUrl: string;
  port: number;
  /** Ends every connection and stops the server; safe to call twice. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts PostgreSQL on `dataDir/postgres`. Makes the cluster, the roles and the database where they are missing, and first
 * stops a server that a killed parent left running there. Throws PlainError where a person can help.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { durable = true, onProgress = () => {} } = options;
  const dataDir = await realpath(options.dataDir);
  const clusterDir = path.join(dataDir, 'postgres');
  const binaries = requirePostgresBinaries();
  const account = await findServerAccount(binaries, dataDir, clusterDir);
  const credentials = await makeCluster(binaries, account, clusterDir, { durable, onProgress });

  await clearStalePostmaster(clusterDir);
  const left = await account.runTool(binaries.pgCtl, ['status', '-D', clusterDir]);
  if (left.code === 0) {
    onProgress('stopping the database that an interrupted run left behind');
    await stopServer(binaries, account, clusterDir);
  }
  const port = await startServer(binaries, account, clusterDir, { ...options, durable });
  const callOff = options.endsWithProcess === true ? guardPostmaster(clusterDir) : () => {};
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= stopServer(binaries, account, clusterDir).finally(callOff));
  try {
    const superuser = postgres(urlOf('superuser', credentials, port, 'postgres'), { max: 1, onnotice: () => {} });
    try {
      await makeRoles(superuser, credentials);
      await makeDatabase(superuser, databaseName);
    } finally {
      await superuser.end();
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    adminDatabaseUrl: urlOf('owner', credentials, port, databaseName),
    databaseUrl: urlOf('app', credentials, port, databaseName),
    superuserUrl: urlOf('superuser', credentials, port, 'postgres'),
    port,
    stop,
  };
}

function settings(port: number, durable: boolean): string {
  const lines = [
    `port = ${port}`,
    "listen_addresses = '127.0.0.1'",
    // Nothing uses Unix sockets, and the path of one may have at most 107 bytes.
    "unix_socket_directories = ''",
    'max_connections = 100',
    "shared_buffers = '256MB'",
    "idle_in_transaction_session_timeout = '60s'",
    'jit = off',
    'autovacuum = on',
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    "log_line_prefix = '%m [%p] %u '",
    'log_checkpoints = off',
    // DETAIL lines quote rows and keys, and error statements quote literals: a patient's data.
    'log_error_verbosity = terse',
    'log_min_error_statement = panic',
  ];
  if (!durable) lines.push('fsync = off', 'synchronous_commit = off', 'full_page_writes = off');
  return `# Written at each start; changes are lost.\n${lines.join('\n')}\n`;
}

const maxAttempts = 5;

async function startServer(
  binaries: PostgresBinaries,
  account: ServerAccount,
  clusterDir: string,
  wish: { port?: number | undefined; preferredPort?: number | undefined; durable: boolean },
): Promise<number> {
  const log = path.join(clusterDir, 'server.log');
  await rotate(log);
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort({ asked: wish.port, preferred: attempt === 1 ? wish.preferredPort : undefined });
    const conf = path.join(clusterDir, 'holdfast.conf');
    await writeFile(conf, settings(port, wish.durable), { mode: 0o600 });
    await account.own(conf);
    const logged = await sizeOf(log);
    const args = ['start', '--wait', '--silent', '--timeout=300', '-D', clusterDir, '-l', log];
    const result = await account.runTool(binaries.pgCtl, args);
    if (result.code === 0) return port;
    const reason = await fatalLineSince(log, logged);
    // Another program took the port after the choice, or the last backends of a killed server still hold shared memory.
    const passing = /could not bind|Address already in use|still in use/.test(reason.all);
    if (!passing || attempt === maxAttempts) {
      throw new PlainError(`The database did not start: ${reason.fatal || lastLine(result.stderr)} (log: ${log})`);
    }
    await pause(200 * attempt);
  }
}

async function stopServer(binaries: PostgresBinaries, account: ServerAccount, clusterDir: string): Promise<void> {
  // pg_ctl signals the process that the file names, also where another program got the id of a server that crashed.
  await clearStalePostmaster(clusterDir);
  for (const mode of ['fast', 'immediate']) {
    const result = await account.runTool(binaries.pgCtl, [
      'stop',
      '--silent',
      '-m',
      mode,
      '-t',
      '30',
      '-D',
      clusterDir,
    ]);
    if (result.code === 0 || /does not exist|not running|No such process/.test(result.stderr)) return;
  }
  throw new PlainError(`The database in ${clusterDir} did not stop; its process id is in postmaster.pid there.`);
}

async function rotate(log: string): Promise<void> {
  if ((await sizeOf(log)) > 5_000_000) await rename(log, `${log}.1`);
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

async function fatalLineSince(log: string, from: number): Promise<{ all: string; fatal: string }> {
  const content = await readFile(log).catch(() => Buffer.alloc(0));
  const all = content.subarray(from).toString('utf8');
  return { all, fatal: /FATAL: {2}(.*)/.exec(all)?.[1] ?? '' };
}
