import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { destination } from 'pino';
import type { DestinationStream } from 'pino';
import { Temporal } from 'temporal-polyfill';

import { migrate, SchemaChangedError, SchemaTooNewError } from '../../db/pg/migrate.ts';
import { createLog } from '../observe/log.ts';
import { PlainError } from '../problems/plain-error.ts';
import { startServer } from '../start-server.ts';
import { openDataFolder } from './data-folder.ts';
import type { DataFolder } from './data-folder.ts';
import type { CentralPostgres } from './database/central-postgres.ts';
import { choosePort, listenWhereFree } from './database/free-port.ts';
import { startEmbeddedPostgres } from './database/start-embedded-postgres.ts';
import { silentProgress } from './progress.ts';
import type { Progress } from './progress.ts';

const defaultServerPort = 4600;

/** Fills an empty database; does nothing where an organization exists. `now` is an RFC 3339 instant. */
export type SeedDatabase = (options: {
  adminDatabaseUrl: string;
  now: string;
  onProgress: (line: string) => void;
}) => Promise<void>;

export interface StackOptions {
  /** The data folder. Default: a temporary folder that goes when the stack closes. */
  dataDir?: string | undefined;
  /** Whether to empty the data folder first. A folder that is not Holdfast's is refused. */
  fresh?: boolean | undefined;
  /** The sync server's port; PlainError where it is in use. Default: the port of the last start, else 4600, else any free one. */
  port?: number | undefined;
  /** False for tests and benchmarks that do not measure the disk. Default: true. */
  durable?: boolean | undefined;
  /** Whether the database stops with this process, also where that is killed. Default: false. */
  endsWithProcess?: boolean | undefined;
  /** The central PostgreSQL to use in place of the embedded one. */
  central?: CentralPostgres | undefined;
  /** Fills a database that has no organization. Default: such a database stays empty. */
  seed?: SeedDatabase | undefined;
  progress?: Progress | undefined;
  /** An abort stops the start between two steps and closes what was started. */
  signal?: AbortSignal | undefined;
}

/** Database and sync server, running. */
export interface Stack {
  url: string;
  databaseUrl: string;
  adminDatabaseUrl: string;
  folder: DataFolder;
  /** Stops the server, then the database; safe to call twice. */
  readonly close: () => Promise<void>;
}

/** Starts the database, migrates and seeds it, and starts the sync server. Throws PlainError where a person can help. */
export async function openStack(options: StackOptions): Promise<Stack> {
  const { progress = silentProgress, signal } = options;
  const closers: (() => Promise<void> | void)[] = [];
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= closeInReverse(closers));
  try {
    const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'holdfast-')));
    if (options.dataDir === undefined) closers.push(() => rm(dataDir, { recursive: true, force: true }));
    const folder = await openDataFolder(dataDir, { fresh: options.fresh ?? false });
    closers.push(folder.release);

    const asked = options.port;
    if (asked !== undefined) await choosePort({ asked });
    const database = options.central ?? (await progress.step('database', () => openEmbedded(folder, options, closers)));
    const { databaseUrl, adminDatabaseUrl } = database;
    signal?.throwIfAborted();
    await progress.step('schema', () => migrateOrExplain(database, folder.dir, progress));
    signal?.throwIfAborted();
    const now = Temporal.Now.instant().toString();
    await progress.step('clinic', async () => {
      await options.seed?.({ adminDatabaseUrl, now, onProgress: progress.line });
    });
    signal?.throwIfAborted();
    const server = await progress.step('server', async () => {
      const log = createLog({ level: 'warn', destination: await openLogFile(path.join(folder.dir, 'server.log')) });
      const preferred = folder.state.serverPort ?? defaultServerPort;
      const started = await listenWhereFree({ asked, preferred }, (port) =>
        startServer({ databaseUrl, host: '127.0.0.1', port, log }),
      );
      closers.push(() => started.close());
      await folder.remember({ serverPort: Number(new URL(started.url).port) });
      return started;
    });
    signal?.throwIfAborted();
    return { url: server.url, databaseUrl, adminDatabaseUrl, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Gives `fn` a stack of its own and closes the stack afterwards, also where `fn` throws. */
export async function withStack<T>(options: StackOptions, fn: (stack: Stack) => Promise<T>): Promise<T> {
  const stack = await openStack(options);
  try {
    return await fn(stack);
  } finally {
    await stack.close();
  }
}

async function openEmbedded(folder: DataFolder, options: StackOptions, closers: (() => Promise<void> | void)[]) {
  const server = await startEmbeddedPostgres({
    dataDir: folder.dir,
    preferredPort: folder.state.databasePort,
    durable: options.durable ?? true,
    endsWithProcess: options.endsWithProcess ?? false,
    onProgress: options.progress?.line ?? (() => {}),
  });
  closers.push(server.stop);
  await folder.remember({ databasePort: server.port });
  return server;
}

async function migrateOrExplain(database: CentralPostgres, dataDir: string, progress: Progress): Promise<void> {
  try {
    await migrate({ ...pickUrls(database), onProgress: progress.line });
  } catch (error) {
    if (error instanceof SchemaChangedError) {
      throw new PlainError(`The data in ${dataDir} does not fit this version: ${error.message}.`);
    }
    if (!(error instanceof SchemaTooNewError)) throw error;
    throw new PlainError(
      `The data in ${dataDir} was made by a newer version of Holdfast. Update this one, or choose another folder with --data-dir.`,
    );
  }
}

/** Opens the log file. Each line goes to the file at once, so that a crash loses none. A file above 5 MB is set aside first. */
async function openLogFile(file: string): Promise<DestinationStream> {
  const size = (await stat(file).catch(() => undefined))?.size ?? 0;
  if (size > 5_000_000) await rename(file, `${file}.1`);
  return destination({ dest: file, sync: true });
}

const pickUrls = ({ databaseUrl, adminDatabaseUrl }: CentralPostgres) => ({ databaseUrl, adminDatabaseUrl });

/** Runs every closer, also where one fails, and throws the first failure at the end. */
async function closeInReverse(closers: (() => Promise<void> | void)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const closer of closers.toReversed()) {
    try {
      await closer();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
