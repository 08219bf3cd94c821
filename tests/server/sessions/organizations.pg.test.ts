import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';

import { session, type Session } from '../../../core/contract/session.ts';
import { hashPassword } from '../../../server/sessions/passwords.ts';
import { hashToken } from '../../../server/sessions/tokens.ts';
import { makeClinic } from '../../builders/clinic.ts';
import { password, requireProblem, request, withServers } from '../../builders/server.ts';

/** A server with one organization, and a server with two that both have a receptionist by the same user name. */
const one = await withServers();
const two = await withServers();
const otherPassword = 'another horse, another staple';
const other = await makeClinic(two.admin);
const namesake = uuidv7();
await two.admin`insert into users (org_id, user_id, username, display_name, role, password_hash, home_site_id)
  values (${other.orgId}, ${namesake}, 'receptionist', 'The namesake', 'receptionist', ${await hashPassword(otherPassword)}, ${other.siteId})`;

type Server = Awaited<ReturnType<typeof one.start>>;
const attempt = (server: Server, username: string, tried = password) =>
  request(server, 'POST', '/api/sessions', { body: { username, password: tried } });
async function opened(server: Server, username: string, tried = password): Promise<Session> {
  const answer = await attempt(server, username, tried);
  expect(answer.status).toBe(200);
  return session.parse(answer.body);
}
const current = (server: Server, token: string) => request(server, 'GET', '/api/sessions/current', { token });

describe('where the server holds one organization', () => {
  it('a user name is enough, and may be given with the handle, in any case', async () => {
    const server = await one.start();
    const { handle } = one.clinic;
    for (const name of ['receptionist', `receptionist@${handle}`, ` Receptionist@${handle.toUpperCase()} `]) {
      expect((await opened(server, name)).person.userId).toBe(one.users.receptionist);
    }
    requireProblem(await attempt(server, 'receptionist@nobodys'), 'unauthenticated');
    requireProblem(await attempt(server, 'receptionist@'), 'unauthenticated');
  });

  it('both ways to write one person count together', async () => {
    const server = await one.start({ limits: { signInFailures: 4 } });
    const [bare, full] = ['provider', `provider@${one.clinic.handle}`];
    for (const name of [bare, full, full, bare])
      requireProblem(await attempt(server, name, 'guess'), 'unauthenticated');
    requireProblem(await attempt(server, bare), 'too-many-requests');
    requireProblem(await attempt(server, full), 'too-many-requests');
    expect((await attempt(server, 'manager')).status).toBe(200);
  });
});

describe('where the server holds two organizations', () => {
  it('one user name is of two people, each with the handle and the password of their own', async () => {
    const server = await two.start();
    const [mine, theirs] = [`receptionist@${two.clinic.handle}`, `receptionist@${other.handle}`];
    expect((await opened(server, mine)).person).toMatchObject({
      orgId: two.clinic.orgId,
      userId: two.users.receptionist,
    });
    expect((await opened(server, theirs, otherPassword)).person).toMatchObject({
      orgId: other.orgId,
      userId: namesake,
    });
    requireProblem(await attempt(server, mine, otherPassword), 'unauthenticated');
    requireProblem(await attempt(server, theirs, password), 'unauthenticated');
  });

  it('a user name alone is refused like a wrong password: the same answer, and counted alike', async () => {
    const server = await two.start({ limits: { signInFailures: 3 } });
    const answers = [
      await attempt(server, 'receptionist'),
      await attempt(server, 'receptionist', otherPassword),
      await attempt(server, 'receptionist', 'wrong'),
      await attempt(server, 'nobody'),
      await attempt(server, `receptionist@${other.handle}`, 'wrong'),
      await attempt(server, 'receptionist@nobodys'),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    for (const answer of answers) requireProblem(answer, 'unauthenticated');
    requireProblem(await attempt(server, 'receptionist'), 'too-many-requests');
  });

  it('failures at one organization do not lock the namesake out of the other', async () => {
    const server = await two.start({ limits: { signInFailures: 2 } });
    const mine = `receptionist@${two.clinic.handle}`;
    for (let n = 0; n < 2; n++) requireProblem(await attempt(server, mine, 'guess'), 'unauthenticated');
    requireProblem(await attempt(server, mine), 'too-many-requests');
    await opened(server, `receptionist@${other.handle}`, otherPassword);
  });

  it('a token begins with the handle, and with another handle it opens nothing', async () => {
    const server = await two.start();
    const { token } = await opened(server, `receptionist@${two.clinic.handle}`);
    expect(token).toMatch(new RegExp(`^${two.clinic.handle}_[\\w-]{43}$`));
    expect((await current(server, token)).status).toBe(200);
    for (const almost of [
      token.replace(two.clinic.handle, other.handle),
      token.replace(two.clinic.handle, 'nobodys'),
      token.slice(two.clinic.handle.length + 1),
      token.toUpperCase(),
      token.replace('_', '_desk_'),
      `${token}A`,
    ]) {
      requireProblem(await current(server, almost), 'unauthenticated');
    }
    // The hash covers the handle. The statements of the database must name the organization all the same.
    const hash = hashToken(token);
    const found = (handle: string) =>
      two.admin`select from holdfast_api.find_sessions(array[${handle}], array[${hash}]::bytea[])`;
    expect(await found(two.clinic.handle)).toHaveLength(1);
    expect(await found(other.handle)).toHaveLength(0);
    await two.admin`select holdfast_api.end_session(${other.handle}, ${hash})`;
    expect(await found(two.clinic.handle)).toHaveLength(1);
    await two.admin`select holdfast_api.end_session(${two.clinic.handle}, ${hash})`;
    expect(await found(two.clinic.handle)).toHaveLength(0);
  });

  it('sessions of both are looked up by one statement', async () => {
    const server = await two.start();
    const mine = await opened(server, `receptionist@${two.clinic.handle}`);
    const theirs = await opened(server, `receptionist@${other.handle}`, otherPassword);
    const answers = await Promise.all([mine, theirs].map(({ token }) => current(server, token)));
    expect(answers.map(({ body }) => body)).toEqual([mine.person, theirs.person]);
    const rows = await two.admin`
      select org_id from holdfast_api.find_sessions(array[${other.handle}, ${two.clinic.handle}],
        array[${hashToken(theirs.token)}, ${hashToken(mine.token)}]::bytea[]) order by handle = ${other.handle} desc`;
    expect(rows.map((row) => row['org_id'] as string)).toEqual([other.orgId, two.clinic.orgId]);
  });
});
