import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { FullPostgres } from '../../../../build/checks/full-postgres.ts';
import { choosePort } from '../../../../server/host/database/free-port.ts';
import { findServerAccount, type ServerAccount } from '../../../../server/host/database/server-account.ts';
import { clearStalePostmaster } from '../../../../server/host/database/stale-postmaster.ts';

/** The `application_name` of a standby. At each commit the primary waits for the standby of this name. */
const standbyName = 'holdfast_standby';
export const superuser = 'postgres';

export interface NodeOptions {
  readonly binaries: FullPostgres;
  /** An existing folder. The node makes its own folder in it. */
  readonly parentDir: string;
  readonly name: string;
  /** The password of the cluster's superuser, which also replicates. */
  readonly password: string;
  /** False runs without fsync. A killed process loses nothing by that; a power cut would. */
  readonly durable: boolean;
}

/** A PostgreSQL server that can be killed, promoted, and made anew as a standby of another server. */
export interface DatabaseNode {
  readonly name: string;
  readonly port: number;
  /** Makes an empty cluster and starts it without a standby, so that its commits wait for nothing. */
  startAlone(): Promise<void>;
  /** Deletes the node's data, copies the primary at `fromPort`, and follows that primary through `throughPort`. */
  startAsStandbyOf(fromPort: number, throughPort: number): Promise<void>;
  /** From now on commits wait until the standby has flushed them. With a `synchronousCommit` weaker than `on` they do not. */
  waitForStandby(synchronousCommit: string): Promise<void>;
  /** Sends SIGKILL to the server and to every process that it started. Resolves when none of them runs any more. */
  kill(): Promise<void>;
  /** Makes a standby the primary. Its commits then wait for a standby of its own. */
  promote(): Promise<void>;
  stop(): Promise<void>;
  /** The last lines of the server's log. */
  lastWords(): Promise<string>;
}

export async function makeDatabaseNode(options: NodeOptions): Promise<DatabaseNode> {
  const { binaries, parentDir, name, password, durable } = options;
  const dataDir = path.join(parentDir, name);
  const log = path.join(parentDir, `${name}.log`);
  await chmod(parentDir, 0o711);
  const account = await findServerAccount(binaries, parentDir, dataDir);
  const port = await choosePort({});
  await writeFile(log, '');
  await account.own(log);
  let synchronous = '';

  async function emptyFolder(): Promise<void> {
    await rm(dataDir, { recursive: true, force: true });
    await mkdir(dataDir, { mode: 0o700 });
    await account.own(dataDir);
  }

  async function configure(followThrough: number | null): Promise<void> {
    const lines = [
      `port = ${port}`,
      "listen_addresses = '127.0.0.1'",
      "unix_socket_directories = ''",
      'max_connections = 150',
      "shared_buffers = '64MB'",
      "wal_keep_size = '512MB'",
      "max_wal_size = '2GB'",
      'jit = off',
      "timezone = 'UTC'",
      "log_timezone = 'UTC'",
      "idle_in_transaction_session_timeout = '60s'",
      'log_error_verbosity = terse',
      'log_min_error_statement = panic',
      "wal_receiver_status_interval = '1s'",
      "wal_receiver_timeout = '10s'",
      "wal_sender_timeout = '10s'",
      "wal_retrieve_retry_interval = '200ms'",
      ...(durable ? [] : ['fsync = off', 'full_page_writes = off']),
      ...(synchronous === ''
        ? []
        : [`synchronous_standby_names = 'FIRST 1 (${standbyName})'`, `synchronous_commit = ${synchronous}`]),
      ...(followThrough === null
        ? []
        : [
            `primary_conninfo = 'host=127.0.0.1 port=${followThrough} user=${superuser} password=${password} application_name=${standbyName}'`,
          ]),
    ];
    const file = path.join(dataDir, 'torture.conf');
    await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
    await account.own(file);
  }

  async function run(program: string, args: string[]): Promise<void> {
    const { code, stderr } = await account.runTool(program, args);
    if (code === 0) return;
    throw new Error(`${path.basename(program)} of ${name} ended with ${code}: ${stderr.trim()}\n${await lastWords()}`);
  }
  const lastWords = async () => (await readFile(log, 'utf8')).trim().split('\n').slice(-10).join('\n');
  const start = () => run(binaries.pgCtl, ['start', '-w', '-s', '-t', '120', '-D', dataDir, '-l', log]);

  return {
    name,
    port,
    lastWords,
    async startAlone() {
      await emptyFolder();
      const passwordFile = path.join(parentDir, `${name}.password`);
      await writeFile(passwordFile, password, { mode: 0o600 });
      await account.own(passwordFile);
      const flags = ['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C.UTF-8', '--no-sync'];
      await run(binaries.initdb, ['-D', dataDir, '-U', superuser, '--pwfile', passwordFile, ...flags]);
      await rm(passwordFile);
      await writeFile(path.join(dataDir, 'postgresql.conf'), "include 'torture.conf'\n", { flag: 'a' });
      await configure(null);
      await start();
    },
    async startAsStandbyOf(fromPort, throughPort) {
      await emptyFolder();
      const from = `host=127.0.0.1 port=${fromPort} user=${superuser} password=${password}`;
      await run(binaries.pgBasebackup, ['-D', dataDir, '-d', from, '-c', 'fast', '-X', 'stream', '--no-sync']);
      await writeFile(path.join(dataDir, 'standby.signal'), '');
      await account.own(path.join(dataDir, 'standby.signal'));
      synchronous ||= 'on';
      await configure(throughPort);
      await start();
    },
    async waitForStandby(synchronousCommit) {
      synchronous = synchronousCommit;
      await configure(null);
      await run(binaries.pgCtl, ['reload', '-s', '-D', dataDir]);
    },
    async kill() {
      const server = await readServerId(dataDir);
      if (server !== null) await killTree(server);
    },
    async promote() {
      await run(binaries.pgCtl, ['promote', '-w', '-s', '-t', '60', '-D', dataDir]);
    },
    async stop() {
      await clearStalePostmaster(dataDir);
      if ((await readServerId(dataDir)) === null) return;
      await stopServer(account, binaries, dataDir);
    },
  };
}

async function readServerId(dataDir: string): Promise<number | null> {
  const text = await readFile(path.join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const id = Number.parseInt(text, 10);
  return Number.isInteger(id) ? id : null;
}

/** Kills a server and its backends: a busy backend outlives its killed server, and could still answer. */
async function killTree(server: number): Promise<void> {
  // The server is stopped first, so that it starts no process while its children are listed.
  signal(server, 'SIGSTOP');
  const family = [server, ...childrenOf(server)];
  for (const id of family) signal(id, 'SIGKILL');
  for (let tries = 0; family.some(isRunning); tries++) {
    if (tries > 2_000) throw new Error('a killed PostgreSQL still runs');
    await pause(5);
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => statOf(id)?.parent === parent);
}

function isRunning(id: number): boolean {
  const stat = statOf(id);
  return stat !== null && stat.state !== 'Z';
}

/** By proc(5) the state and the parent follow the program's name, which may itself contain blanks and brackets. */
function statOf(id: number): { state: string; parent: number } | null {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8');
    const [state = '', parent = ''] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return null;
  }
}

function signal(id: number, name: NodeJS.Signals): void {
  try {
    process.kill(id, name);
  } catch {
    // The process has ended meanwhile.
  }
}

async function stopServer(account: ServerAccount, { pgCtl }: FullPostgres, dataDir: string): Promise<void> {
  const { code } = await account.runTool(pgCtl, ['stop', '-s', '-m', 'immediate', '-t', '30', '-D', dataDir]);
  const server = await readServerId(dataDir);
  if (code !== 0 && server !== null) await killTree(server);
}
