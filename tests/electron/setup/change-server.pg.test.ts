import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { expect, onTestFinished, test, vi } from 'vitest';

import { pairing } from '../../../core/contract/pairing.ts';
import { password, request, withServers } from '../../builders/server.ts';
import { scratchFolder } from '../scratch.ts';
import { readKept, startDeskProcess, type DeskProcess } from './desk-process.ts';

const { start, signIn, database, clinic } = await withServers();
const server = await start();

async function aCode(): Promise<string> {
  const token = await signIn(server, 'administrator');
  const answer = await request(server, 'POST', '/api/desks/pairings', { token });
  expect(answer.status).toBe(200);
  return pairing.parse(answer.body).code;
}
const slow = { timeout: 30_000, interval: 100 };
const isOnline = async (desk: DeskProcess) => expect((await desk.must('readStatus', {})).connection).toBe('online');
async function mkdirIn(parent: string, name: string): Promise<string> {
  const folder = path.join(parent, name);
  await mkdir(folder);
  return folder;
}

const connect = (code: string, serverUrl = server.url) => ({ kind: 'connect', serverUrl, code }) as const;
const central = { kind: 'host-central', ...pick(database) } as const;
function pick({ databaseUrl, adminDatabaseUrl }: typeof database) {
  return { databaseUrl, adminDatabaseUrl };
}

// These three take more than ten seconds on a busy machine: each starts desks and servers, and checks passwords.
test('a desk connects by its code, also after a test of the code, and keeps no readable secret', async () => {
  const folder = await scratchFolder();
  const desk = await startDeskProcess(folder);
  const wrong = await desk.must('testSetup', connect(`${clinic.handle}-2222-2222`));
  expect(wrong.checks.map(({ check, ok }) => [check, ok])).toEqual([
    ['reachable', true],
    ['is-holdfast', true],
    ['version', true],
    ['code', false],
  ]);
  expect(wrong.checks.at(-1)?.detail).toMatch(/An administrator gets a new one/);
  const refusal = await desk.call('applySetup', connect(`${clinic.handle}-2222-2222`));
  expect(refusal).toMatchObject({ ok: false, problem: { code: 'set-up-failed', detail: wrong.checks.at(-1)?.detail } });
  expect(await desk.must('describe', {})).toMatchObject({ setUp: false });

  const code = await aCode();
  expect(await desk.must('testSetup', connect(code))).toMatchObject({ ok: true });
  expect(await desk.must('applySetup', connect(code))).toEqual({ firstSignIn: null });
  expect(await desk.must('applySetup', connect(code)), 'sent twice').toEqual({ firstSignIn: null });
  const { organizationName } = await desk.must('signIn', { username: 'administrator', password });
  const setup = { kind: 'connect', serverUrl: server.url, organizationName };
  expect(await desk.must('readSetup', {})).toEqual({ setup, changeable: true });
  const day = { siteId: clinic.siteId, date: '2031-03-03' };
  await vi.waitFor(async () => expect(await desk.must('readDay', day)).toMatchObject({ asOf: null }));

  desk.signal('SIGTERM');
  await desk.ended;
  const again = await startDeskProcess(folder);
  expect(await again.must('describe', {})).toMatchObject({ setUp: true, person: { role: 'administrator' } });
  const other = await startDeskProcess(await scratchFolder());
  expect(await other.must('testSetup', connect(code)), 'a used code').toMatchObject({ ok: false });
});

test('a desk hosts a server for a central database, and does not tell the passwords', async () => {
  const folder = await scratchFolder();
  const desk = await startDeskProcess(folder);
  const noRole = new URL(database.databaseUrl);
  noRole.username = 'nobody';
  const failed = await desk.must('testSetup', { ...central, databaseUrl: noRole.href });
  expect(failed.checks.at(-1)).toMatchObject({ check: 'app-role', ok: false });
  expect(failed.checks.at(-1)?.detail).toMatch(/CREATE ROLE nobody/);

  expect(await desk.must('testSetup', central)).toMatchObject({ ok: true });
  expect(await desk.must('applySetup', central)).toEqual({ firstSignIn: null });
  expect(await desk.must('signIn', { username: 'administrator', password })).toMatchObject({ role: 'administrator' });
  const databaseHost = new URL(database.databaseUrl).host;
  expect(await desk.must('readSetup', {})).toEqual({ setup: { kind: 'host-central', databaseHost }, changeable: true });

  const host = desk.host();
  const places = [`/proc/${host}/cmdline`, `/proc/${host}/environ`, `/proc/${desk.pid}/environ`];
  const seen = await Promise.all([
    readKept(desk.dataDir),
    ...places.map((file) => readFile(file, 'utf8').catch(() => '')),
  ]);
  for (const url of [database.databaseUrl, database.adminDatabaseUrl]) {
    for (const text of seen) expect(text).not.toContain(new URL(url).password);
  }

  // The desk changes to the same organization elsewhere: the person stays signed in, and the hosted server ends.
  expect(await desk.must('applySetup', connect(await aCode()))).toEqual({ firstSignIn: null });
  expect(await desk.must('describe', {})).toMatchObject({ person: { role: 'administrator' } });
  expect(desk.hosts()).toEqual([]);

  // A choice that does not work leaves the desk as it was, also where it fails late.
  const folderLock = new DatabaseSync(path.join(await mkdirIn(desk.dataDir, 'demo-clinic'), 'lock.sqlite'));
  folderLock.exec('begin exclusive');
  const locked = await desk.call('applySetup', { kind: 'host-embedded', demo: true });
  folderLock.close();
  const detail = expect.stringMatching(/already running on .*demo-clinic/) as unknown;
  expect(locked).toMatchObject({ ok: false, problem: { code: 'set-up-failed', detail } });
  const nowhere = await desk.call('applySetup', { ...central, databaseUrl: noRole.href });
  expect(nowhere).toMatchObject({ ok: false, problem: { code: 'set-up-failed' } });
  expect(await desk.must('readSetup', {})).toMatchObject({ setup: { kind: 'connect' } });
  await vi.waitFor(() => isOnline(desk), slow);
});

test('a hosted server whose port is taken moves to another port, and the desk follows', async () => {
  const folder = await scratchFolder();
  const desk = await startDeskProcess(folder);
  await desk.must('applySetup', central);
  await desk.must('signIn', { username: 'administrator', password });
  const urlOf = async () => (JSON.parse(await readKept(desk.dataDir)) as { server: { url: string } }).server.url;
  const before = await urlOf();
  desk.signal('SIGTERM');
  await desk.ended;

  const other = createServer((_request, response) => response.end('somebody else'));
  onTestFinished(() => void other.close());
  await new Promise<void>((resolve) => other.listen(Number(new URL(before).port), '127.0.0.1', resolve));
  const again = await startDeskProcess(folder);
  await vi.waitFor(async () => expect(await urlOf()).not.toBe(before), slow);
  await vi.waitFor(() => isOnline(again), slow);
  expect(await again.must('describe', {})).toMatchObject({ person: { role: 'administrator' } });
});
