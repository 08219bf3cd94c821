import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';

import postgres from 'postgres';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { holdInChild, makeScratchDir, startScratch } from './scratch-cluster.ts';

async function query<T>(url: string, fn: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await fn(sql);
  } finally {
    await sql.end();
  }
}

const makeNote = (url: string) =>
  query(url, async (sql) => {
    await sql`create table notes (note text)`;
    await sql`insert into notes values ('kept')`;
  });
const loadNotes = (url: string) => query(url, (sql) => sql<{ note: string }[]>`select note from notes`);

const postmasterPid = async (dataDir: string) =>
  Number.parseInt(await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);

/** Starts a program under the database's account, which must survive the start. Returns its id for a stale postmaster.pid. */
async function startBystander(dataDir: string): Promise<string> {
  const { uid, gid } = await stat(path.join(dataDir, 'postgres'));
  const bystander = spawn('sleep', ['600'], { uid, gid, cwd: '/', stdio: 'ignore' });
  await once(bystander, 'spawn');
  onTestFinished(() => {
    expect(bystander.signalCode).toBeNull();
    bystander.kill();
  });
  return `${bystander.pid}\n${path.join(dataDir, 'postgres')}\n`;
}

async function waitUntilGone(pid: number): Promise<void> {
  await vi.waitFor(
    () => {
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    },
    { timeout: 20_000, interval: 20 },
  );
}

describe('the embedded PostgreSQL', () => {
  it('keeps data over a stop and a start, under a 0700 folder, at a path with spaces and letters of many scripts', async () => {
    const dataDir = path.join(await makeScratchDir(), "the clinic's data, 診療所");
    const first = await startScratch(dataDir);
    await makeNote(first.adminDatabaseUrl);
    await first.stop();
    await first.stop();
    const second = await startScratch(dataDir);
    expect(await loadNotes(second.adminDatabaseUrl)).toEqual([{ note: 'kept' }]);
  });

  it('never runs as root, listens on the loopback interface alone, and has checksums', async () => {
    const dataDir = await makeScratchDir();
    const server = await startScratch(dataDir);
    const [settings] = await query(
      server.superuserUrl,
      (sql) => sql`
        select current_setting('listen_addresses') as listen, current_setting('data_checksums') as checksums,
               current_setting('fsync') as fsync, current_setting('idle_in_transaction_session_timeout') as idle`,
    );
    expect(settings).toEqual({ listen: '127.0.0.1', checksums: 'on', fsync: 'on', idle: '1min' });
    const owner = await stat(path.join(dataDir, 'postgres', 'postmaster.pid'));
    expect(owner.uid).toBeGreaterThan(0);
    expect((await stat(path.join(dataDir, 'postgres-credentials.json'))).mode & 0o777).toBe(0o600);
  });

  it('stops the server that a killed parent left behind, and takes over its data', async () => {
    const dataDir = await makeScratchDir();
    const parent = await holdInChild('cluster', dataDir);
    const left = await postmasterPid(dataDir);
    await parent.kill();
    expect(() => process.kill(left, 0)).not.toThrow();
    const server = await startScratch(dataDir);
    expect(await query(server.databaseUrl, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
    expect(await postmasterPid(dataDir)).not.toBe(left);
  });

  it('recovers committed data after kill -9 of everything', async () => {
    const dataDir = await makeScratchDir();
    const parent = await holdInChild('cluster', dataDir);
    const { owner } = JSON.parse(await readFile(path.join(dataDir, 'postgres-credentials.json'), 'utf8'));
    const port = /^port = (\d+)$/m.exec(await readFile(path.join(dataDir, 'postgres', 'holdfast.conf'), 'utf8'))![1];
    await makeNote(`postgres://holdfast_owner:${owner}@127.0.0.1:${port}/holdfast`);
    const postmaster = await postmasterPid(dataDir);
    await parent.kill();
    process.kill(postmaster, 'SIGKILL');
    await waitUntilGone(postmaster);
    const server = await startScratch(dataDir);
    expect(await loadNotes(server.adminDatabaseUrl)).toEqual([{ note: 'kept' }]);
  });

  it.each([
    ['names a number that another program of the same account now has', startBystander],
    ['names a process that is gone', async () => '4194303\n'],
    ['is empty', async () => ''],
  ])('starts when a stale postmaster.pid %s', async (_case, makeContent) => {
    const dataDir = await makeScratchDir();
    const first = await startScratch(dataDir);
    await first.stop();
    const pidFile = path.join(dataDir, 'postgres', 'postmaster.pid');
    await writeFile(pidFile, await makeContent(dataDir));
    const second = await startScratch(dataDir);
    expect(await query(second.databaseUrl, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it('makes the cluster anew when an earlier attempt was killed half-way', async () => {
    const dataDir = await makeScratchDir();
    const half = path.join(dataDir, 'postgres.new');
    await mkdir(path.join(half, 'base'), { recursive: true });
    await writeFile(path.join(half, 'PG_VERSION'), '18\n');
    await writeFile(path.join(dataDir, 'holdfast.json'), '{"product":"holdfast"}');
    const server = await startScratch(dataDir);
    expect(await query(server.databaseUrl, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it('refuses data of a newer PostgreSQL in one line', async () => {
    const dataDir = await makeScratchDir();
    await mkdir(path.join(dataDir, 'postgres'));
    await writeFile(path.join(dataDir, 'postgres', 'PG_VERSION'), '19\n');
    await writeFile(path.join(dataDir, 'holdfast.json'), '{"product":"holdfast"}');
    await expect(startScratch(dataDir)).rejects.toThrow(/newer version \(PostgreSQL 19; this is 18\).*--data-dir/);
  });

  it('refuses a requested port that another program has', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    await expect(startScratch(await makeScratchDir(), { port })).rejects.toThrow(`Port ${port} is in use`);
  });
});
