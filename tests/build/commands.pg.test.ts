import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import postgres from 'postgres';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';

import { runCommand } from './run-command.ts';

/** All tests share one seeded folder, and run in this order, because seeding is most of the work of a first start. */
const parent = await mkdtemp(path.join(tmpdir(), 'holdfast-commands-'));
const dataDir = path.join(parent, 'data');
afterAll(() => rm(parent, { recursive: true, force: true }));

const serve = (...args: string[]) => runCommand(['serve', '--data-dir', dataDir, ...args]);

interface Ready {
  url: string;
  openapi: string;
  connections: string;
  adminDatabaseUrl: string;
}
/** What serve says when it is ready, with the owner's address from the file that it names. */
async function readyOf(running: ReturnType<typeof runCommand>): Promise<Ready> {
  const ready = JSON.parse(await running.until(/^\{/)) as Omit<Ready, 'adminDatabaseUrl'>;
  const { adminDatabaseUrl } = JSON.parse(await readFile(ready.connections, 'utf8')) as Ready;
  return { ...ready, adminDatabaseUrl };
}

async function withSql<T>(url: string, fn: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await fn(sql);
  } finally {
    await sql.end();
  }
}
const countAppointments = (url: string) =>
  withSql(url, async (sql) => (await sql<{ n: number }[]>`select count(*)::int as n from appointments`)[0]!.n);

/** The id in postmaster.pid. PostgreSQL removes that file last, so without it the server has ended. */
const postmasterPid = async () =>
  Number.parseInt(await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);

const loadHealth = async (url: string) => (await fetch(`${url}/api/openapi.json`)).status;

let appointments = 0;

describe('npm run serve and npm start', () => {
  // Above ten seconds: a first start makes a cluster and seeds the demo. The tests below start on its data.
  it('serve says in one JSON line where everything is, and stops all of it at one Ctrl-C', async () => {
    const running = serve();
    const ready = await readyOf(running);
    expect(Object.keys(ready)).toEqual(['url', 'openapi', 'connections', 'adminDatabaseUrl']);
    expect((await stat(ready.connections)).mode & 0o777).toBe(0o600);
    const said = [...running.stdout, ...running.stderr].join('\n');
    expect(said).not.toContain(new URL(ready.adminDatabaseUrl).password);
    await running.until(/^ +kiosk/);
    expect(ready.openapi).toBe(`${ready.url}/api/openapi.json`);
    expect(await loadHealth(ready.url)).toBe(200);
    for (const role of ['receptionist', 'provider', 'manager', 'administrator', 'kiosk']) {
      expect(
        running.stderr.filter((line) => line.startsWith(`  ${role}`)),
        role,
      ).not.toEqual([]);
    }
    appointments = await countAppointments(ready.adminDatabaseUrl);
    expect(appointments).toBeGreaterThan(0);
    await expect(postmasterPid()).resolves.toBeGreaterThan(1);
    running.signalAll('SIGINT');
    expect(await running.ended).toBe(0);
    expect(running.stdout).toHaveLength(1);
    await expect(postmasterPid()).rejects.toThrow('ENOENT');
  }, 180_000);

  it('start keeps the data, says where to go, and refuses a second start on the folder in one line', async () => {
    const running = runCommand(['start', '--data-dir', dataDir, '--no-open']);
    await running.until(/^Ctrl-C stops/);
    const text = running.stdout.join('\n');
    expect(text).toMatch(/browser shell; no window, as asked/);
    expect(text).toMatch(/receptionist +reception-berlin +demo-reception-berlin +\S/);
    const page = await fetch(/http:\S+token=\S+/.exec(text)![0], { redirect: 'manual' });
    expect(page.status).toBe(303);

    const second = serve();
    expect(await second.ended).toBe(1);
    expect(second.stderr).toEqual([
      `Holdfast is already running on ${dataDir}. Stop it first, or choose another folder with --data-dir.`,
    ]);

    running.signalAll('SIGINT');
    expect(await running.ended).toBe(0);
    expect(running.stderr.filter((line) => line.startsWith('Stopping'))).toHaveLength(1);
  });

  it('recovers by itself after kill -9 of everything, with the same data', async () => {
    const first = serve();
    await readyOf(first);
    const postmaster = await postmasterPid();
    first.signalAll('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    await first.ended;
    await vi.waitFor(() => expect(() => process.kill(postmaster, 0)).toThrow('ESRCH'), { timeout: 20_000 });
    const second = await readyOf(serve());
    expect(await countAppointments(second.adminDatabaseUrl)).toBe(appointments);
  });

  it('stops when its bootstrap is killed, so that no process is left behind', async () => {
    const running = serve();
    await readyOf(running);
    await expect(postmasterPid()).resolves.toBeGreaterThan(1);
    running.killBootstrap();
    await running.ended;
    await expect(postmasterPid()).rejects.toThrow('ENOENT');
  });

  it('refuses a port in use, a flag it does not know and a data folder of a newer version in one line each', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    const inUse = serve('--port', String(port));
    expect(await inUse.ended).toBe(1);
    expect(inUse.stderr).toEqual([
      `Port ${port} is in use by another program. Stop that program, or choose another --port.`,
    ]);

    const unknown = serve('--fast');
    expect(await unknown.ended).toBe(1);
    expect(unknown.stderr).toEqual([`serve: Unknown option '--fast'. It knows --data-dir, --port, --fresh, --demo.`]);

    const running = serve();
    const { adminDatabaseUrl } = await readyOf(running);
    await withSql(
      adminDatabaseUrl,
      (sql) => sql`insert into schema_files (name, checksum) values ('migrations/9999-from-later.sql', '')`,
    );
    running.signalAll('SIGINT');
    await running.ended;
    const newer = serve();
    expect(await newer.ended).toBe(1);
    expect(newer.stderr.at(-1)).toMatch(/was made by a newer version of Holdfast\. Update this one, or choose another/);
    await expect(postmasterPid()).rejects.toThrow('ENOENT');
  });
});

describe('npm run desk', () => {
  it('opens the desk alone, locks its folder, and starts no server before a person asks for one', async () => {
    const folder = path.join(parent, 'desk');
    const running = runCommand(['desk', '--data-dir', folder, '--no-open']);
    await running.until(/^Ctrl-C stops/);
    const page = await fetch(/http:\S+token=\S+/.exec(running.stdout.join('\n'))![0], { redirect: 'manual' });
    expect(page.status).toBe(303);
    expect(await readdir(path.join(folder, 'desk'))).not.toContain('clinic');

    const second = runCommand(['desk', '--data-dir', folder, '--no-open']);
    expect(await second.ended).toBe(1);
    expect(second.stderr[0]).toMatch(/^Holdfast is already running on/);
    running.signalAll('SIGINT');
    expect(await running.ended).toBe(0);
  });
});
