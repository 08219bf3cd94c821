import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import postgres from 'postgres';

import { migrate } from '../../../../db/pg/migrate.ts';
import { makePairingCode } from '../../../../server/desks/invite-desk.ts';
import { startEmbeddedPostgres } from '../../../../server/host/database/start-embedded-postgres.ts';
import { makeSyncClinic, password, type ClinicSize, type SyncClinic } from './make-sync-clinic.ts';
import type { FilledDeskOptions } from './open-filled-desk.ts';

/** PostgreSQL with fsync on, a server in a process of its own, and a clinic whose window is full. */
export interface SyncWorld {
  readonly clinic: SyncClinic;
  readonly serverUrl: string;
  /** The value of `server_version`. */
  readonly databaseVersion: string;
  /** A folder that is removed at the end of the benchmark. */
  folder(name: string): Promise<string>;
  /** The options of a new desk. Their pairing code is valid for ten minutes. */
  deskOptions(dataDir: string): Promise<FilledDeskOptions>;
  /** The server's statements to PostgreSQL since the last call, counted by their first words. */
  statements(): Promise<Readonly<Record<string, number>>>;
}

export async function withSyncWorld<T>(size: ClinicSize, fn: (world: SyncWorld) => Promise<T>): Promise<T> {
  const root = await mkdtemp(path.join(tmpdir(), 'holdfast-sync-'));
  const databaseDir = await mkdtemp(path.join(tmpdir(), 'holdfast-sync-database-'));
  const database = await startEmbeddedPostgres({ dataDir: databaseDir });
  const admin = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
  let server: ChildProcess | null = null;
  try {
    await migrate(database);
    const clinic = await makeSyncClinic(admin, size);
    process.stderr.write(`  the clinic has ${size.appointments} visits\n`);
    const [row] = await admin<{ version: string }[]>`select current_setting('server_version') as version`;
    server = fork(path.join(import.meta.dirname, 'counting-server-in-child.ts'), {
      env: { ...process.env, DATABASE_URL: database.databaseUrl },
    });
    const running = server;
    const [{ url }] = (await once(running, 'message')) as [{ url: string }];
    return await fn({
      clinic,
      serverUrl: url,
      databaseVersion: row?.version ?? '',
      folder: (name) => mkdtemp(path.join(root, `${name}-`)),
      async deskOptions(dataDir) {
        const { code } = await makePairingCode({ adminDatabaseUrl: database.adminDatabaseUrl, orgId: clinic.orgId });
        const { signInName: username } = clinic;
        return { serverUrl: url, dataDir, pairingCode: code, username, password };
      },
      async statements() {
        running.send('count');
        const [answer] = (await once(running, 'message')) as [{ statements: Record<string, number> }];
        return answer.statements;
      },
    });
  } finally {
    if (server) await stop(server);
    await admin.end();
    await database.stop();
    for (const one of [root, databaseDir]) await rm(one, { recursive: true, force: true });
  }
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
