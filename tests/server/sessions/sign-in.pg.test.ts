import { expect, it } from 'vitest';

import { session } from '../../../core/contract/session.ts';
import { requireProblem, password, request, withServers } from '../../builders/server.ts';

const { admin, clinic, users, start, signIn } = await withServers();
const attempt = (server: Awaited<ReturnType<typeof start>>, username: string, tried: string) =>
  request(server, 'POST', '/api/sessions', { body: { username, password: tried } });
const current = (server: Awaited<ReturnType<typeof start>>, token: string) =>
  request(server, 'GET', '/api/sessions/current', { token });

it('gives a token, of which the database has only the hash, and the person with role, permissions and sites', async () => {
  const server = await start();
  const answer = await attempt(server, ' Receptionist ', password);
  const { token, person } = session.parse(answer.body);
  expect(person).toEqual({
    userId: users.receptionist,
    orgId: clinic.orgId,
    organizationName: 'Clinic of a test',
    isDemo: false,
    displayName: 'The receptionist',
    role: 'receptionist',
    permissions: expect.arrayContaining(['read-calendar', 'book', 'check-in']),
    homeSiteId: clinic.siteId,
    sites: [{ siteId: clinic.siteId, name: 'Site', timeZone: 'Europe/Berlin' }],
  });
  expect((await current(server, token)).body).toEqual(person);
  const [row] = await admin<{ stored: string; hours: number }[]>`
    select encode(token_hash, 'hex') || row_to_json(s) as stored,
      round(extract(epoch from expires_at - created_at) / 3600)::int as hours
    from sessions s where user_id = ${users.receptionist}`;
  expect(row?.hours).toBe(12);
  expect(row?.stored).not.toContain(token);
});

it('gives the same answer to a wrong password, an unknown name and a user who has left', async () => {
  const server = await start();
  await admin`update users set active = false where user_id = ${users.kiosk}`;
  const answers = [
    await attempt(server, clinic.username, 'wrong'),
    await attempt(server, 'nobody', password),
    await attempt(server, 'kiosk', password),
  ];
  const details = answers.map((answer) => requireProblem(answer, 'unauthenticated').detail);
  expect(new Set(details).size).toBe(1);
  await admin`update users set active = true where user_id = ${users.kiosk}`;
});

it('refuses a name from an address after ten failures, with Retry-After, and nobody else', async () => {
  const server = await start();
  for (let n = 0; n < 10; n++) requireProblem(await attempt(server, 'provider', `guess ${n}`), 'unauthenticated');
  const answer = await attempt(server, 'provider', password);
  expect(requireProblem(answer, 'too-many-requests').detail).toContain('sign-in');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(14 * 60);
  expect((await attempt(server, 'manager', password)).status).toBe(200);
});

it('counts simultaneous guesses', async () => {
  const server = await start({ limits: { signInFailures: 3 } });
  const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => attempt(server, 'provider', `guess ${n}`)));
  const statuses = answers.map((answer) => answer.status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(3);
  expect(statuses.filter((status) => status === 429)).toHaveLength(9);
});

it('verifies a hundred of 400 guesses at once from one address, and lets somebody elsewhere in between them', async () => {
  const server = await start({ trustProxy: true });
  let answered = 0;
  const guesses = Array.from({ length: 400 }, async (_, n) => {
    const { status } = await attempt(server, `nobody-${n}`, 'guess');
    answered += 1;
    return status;
  });
  // The refused ones are answered at once: the others wait for their verification.
  await expect.poll(() => answered).toBeGreaterThanOrEqual(300);
  const headers = { 'x-forwarded-for': '203.0.113.7' };
  const body = { username: 'manager', password };
  expect((await request(server, 'POST', '/api/sessions', { body, headers })).status).toBe(200);
  expect(answered).toBeLessThan(400);
  const statuses = await Promise.all(guesses);
  expect(statuses.filter((status) => status === 401)).toHaveLength(100);
  expect(statuses.filter((status) => status === 429)).toHaveLength(300);
});

it('counts no success, however many', async () => {
  const server = await start({ limits: { signInFailures: 2 } });
  const answers = await Promise.all(Array.from({ length: 6 }, () => attempt(server, 'manager', password)));
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 6 }, () => 200));
});

it('refuses one password tried on many names by address', async () => {
  const server = await start({ limits: { signInFailuresPerAddress: 3 } });
  for (const name of ['anna', 'bert', 'carla'])
    requireProblem(await attempt(server, name, 'summer'), 'unauthenticated');
  requireProblem(await attempt(server, 'dora', 'summer'), 'too-many-requests');
});

it('ends at sign-out, at once, and no other session with it', async () => {
  const server = await start();
  const [mine, other] = [await signIn(server, 'manager'), await signIn(server, 'manager')];
  expect((await current(server, mine)).status).toBe(200);
  expect((await request(server, 'DELETE', '/api/sessions/current', { token: mine })).body).toEqual({});
  requireProblem(await current(server, mine), 'unauthenticated');
  expect((await current(server, other)).status).toBe(200);
});

it('ends by time, and with the user, on a server that has not seen it lately', async () => {
  const first = await start();
  const [expired, left] = [await signIn(first, 'manager'), await signIn(first, 'administrator')];
  await admin`update sessions set expires_at = now() where user_id = ${users.manager}`;
  await admin`update users set active = false where user_id = ${users.administrator}`;
  const second = await start();
  requireProblem(await current(second, expired), 'unauthenticated');
  requireProblem(await current(second, left), 'unauthenticated');
});
