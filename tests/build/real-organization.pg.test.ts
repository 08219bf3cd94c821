import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import postgres from 'postgres';
import { afterAll, expect, it } from 'vitest';

import { withDatabase } from '../harness/postgres.ts';
import { runCommand } from './run-command.ts';

const { adminDatabaseUrl, databaseUrl } = await withDatabase();
const owner = postgres(adminDatabaseUrl, { max: 1, onnotice: () => {} });
const folder = await mkdtemp(path.join(tmpdir(), 'holdfast-real-'));
afterAll(async () => {
  await owner.end();
  await rm(folder, { recursive: true, force: true });
});
const env = { DATABASE_URL: databaseUrl, DATABASE_ADMIN_URL: adminDatabaseUrl };

async function signIn(url: string, username: string, password: string) {
  const response = await fetch(`${url}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  return { status: response.status, body: (await response.json()) as { token: string; person: { isDemo: boolean } } };
}

it('a central database gets an organization with one administrator, and no demo', async () => {
  const running = runCommand(['serve', '--data-dir', folder], env);
  const ready = JSON.parse(await running.until(/^\{/)) as { url: string };
  const { url } = ready;
  expect(Object.keys(ready)).toEqual(['url', 'openapi']);
  expect(await readdir(folder)).not.toContain('connections.json');
  const [, password = ''] = /with the password (\S+)$/.exec(await running.until(/^Sign in as "administrator"/)) ?? [];
  const users = await owner`select username, role, o.is_demo from users join organizations o using (org_id)`;
  expect([...users]).toEqual([{ username: 'administrator', role: 'administrator', is_demo: false }]);
  expect([...(await owner`select count(*)::integer as patients from patients`)]).toEqual([{ patients: 0 }]);
  const said = [...running.stdout, ...running.stderr].join('\n');
  for (const secret of [adminDatabaseUrl, databaseUrl]) expect(said).not.toContain(new URL(secret).password);

  const session = await signIn(url, 'administrator', password);
  expect(session).toMatchObject({ status: 200, body: { person: { isDemo: false } } });
  expect((await signIn(url, 'administrator', 'demo-administrator')).status).toBe(401);

  // A forgotten password: the owner's address makes another one, and ends the sessions of the first.
  const reset = runCommand(['reset-password'], env);
  expect(await reset.ended).toBe(0);
  const [, name = '', next = ''] = /^(\S+) signs in with (\S+)$/.exec(reset.stdout[0] ?? '') ?? [];
  expect((await signIn(url, name, next)).status).toBe(200);
  expect((await signIn(url, 'administrator', password)).status).toBe(401);
  const current = async () =>
    (await fetch(`${url}/api/sessions/current`, { headers: { authorization: `Bearer ${session.body.token}` } })).status;
  await expect.poll(current, { timeout: 10_000 }).toBe(401);
  running.signalAll('SIGINT');
  expect(await running.ended).toBe(0);

  const again = runCommand(['serve', '--data-dir', folder], env);
  await again.until(/^Sign in as yourself/);
  again.signalAll('SIGINT');
  expect(await again.ended).toBe(0);
});

it('a new password is for one person whom the name means', async () => {
  const nobody = runCommand(['reset-password', '--user', 'nobody'], env);
  expect(await nobody.ended).toBe(1);
  expect(nobody.stderr.at(-1)).toBe('Nobody here has the user name "nobody".');
  const nowhere = runCommand(['reset-password', '--data-dir', path.join(folder, 'empty')]);
  expect(await nowhere.ended).toBe(1);
  expect(nowhere.stderr.at(-1)).toMatch(/^There is no database in /);
});
