import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it, vi } from 'vitest';

import type { Changes, DayView } from '../../../core/calendar/calendar.ts';
import type { PairedDesk } from '../../../core/contract/pairing.ts';
import { protocol } from '../../../core/primitives/protocol.ts';
import { listRoutes } from '../../../server/api/route-list.ts';
import { makePairingCode } from '../../../server/desks/invite-desk.ts';
import { hashToken } from '../../../server/sessions/tokens.ts';
import { makeClinic } from '../../builders/clinic.ts';
import { aboutCommand, bookCommand } from '../../builders/commands.ts';
import { addressOf, sampleOf } from '../../builders/route-samples.ts';
import { requireProblem, request, withServers } from '../../builders/server.ts';

const { admin, database, clinic, users, start, signIn } = await withServers({ days: 4 });
const server = await start();
const { adminDatabaseUrl } = database;

async function pairDesk(orgId: string): Promise<PairedDesk & { deskId: string }> {
  const { code } = await makePairingCode({ adminDatabaseUrl, orgId });
  const deskId = uuidv7();
  const answer = await request(server, 'POST', '/api/desks', { body: { code, deskId, name: 'Front desk' } });
  expect(answer.status).toBe(200);
  return { ...(answer.body as PairedDesk), deskId };
}
const { deskToken: token, deskId } = await pairDesk(clinic.orgId);

let booked = 0;
/** A command as this desk makes it, for the person who acts there. */
const bookAs = (actorId: string, overrides: Parameters<typeof bookCommand>[2] = {}) => ({
  ...bookCommand(clinic, 4 * booked++, overrides),
  actorId,
  deskId,
});
const send = (body: object, as = token) => request(server, 'POST', '/api/commands/book', { token: as, body });
const verdictOf = async (commandId: string) =>
  (await admin<{ kind: string }[]>`select verdict ->> 'kind' as kind from commands where command_id = ${commandId}`)[0]
    ?.kind;

describe('what a desk reads in its own name', () => {
  it('is what its people may read: days, changes and patients, by name', async () => {
    const command = bookAs(users.receptionist);
    const before = (await request(server, 'GET', '/api/changes?cursor=', { token })).body as Changes;
    expect((await send(command)).status).toBe(200);
    const day = (await request(server, 'GET', `/api/sites/${clinic.siteId}/days/2031-03-03`, { token }))
      .body as DayView;
    expect(day.patients).toContainEqual(expect.objectContaining({ patientId: command.body.patientId }));
    const address = `/api/changes?cursor=${before.cursor}`;
    const { changes } = (await request(server, 'GET', address, { token })).body as Changes;
    expect(changes).toMatchObject([{ patient: { patientId: command.body.patientId } }]);
    const found = await request(server, 'GET', '/api/patients?query=patient', { token });
    expect(found.body).toHaveLength(clinic.patients.length);
    expect((await request(server, 'GET', `/api/sites/${clinic.siteId}/waitlist`, { token })).body).toEqual([]);
  });

  it('is of its own organization', async () => {
    const other = await makeClinic(admin);
    const { deskToken } = await pairDesk(other.orgId);
    const address = `/api/sites/${clinic.siteId}/days/2031-03-03`;
    requireProblem(await request(server, 'GET', address, { token: deskToken }), 'not-found');
  });

  it('is poked about', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${server.url}/api/pokes`, {
      headers: { authorization: `Bearer ${token}` },
      signal: leaving.signal,
    });
    expect(response.status).toBe(200);
    let heard = '';
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) heard += decoder.decode(chunk, { stream: true });
    })().catch(() => {});
    await send(bookAs(users.receptionist));
    await vi.waitFor(() => expect(heard).toContain('event: message'), 10_000);
    leaving.abort();
    await reading;
  });
});

it('a desk that is shut out gets no more pokes, though it still listens', async () => {
  const shutOut = await pairDesk(clinic.orgId);
  const headers = { authorization: `Bearer ${shutOut.deskToken}` };
  const response = await fetch(`${server.url}/api/pokes?protocol=${protocol}`, { headers });
  await admin`update desks set revoked_at = now() where desk_id = ${shutOut.deskId}`;
  const reads = async () => (await request(server, 'GET', '/api/changes?cursor=', { token: shutOut.deskToken })).status;
  await expect.poll(reads, { timeout: 10_000 }).toBe(401);
  expect((await send(bookAs(users.receptionist))).status).toBe(200);
  expect(await response.text()).not.toContain('event: message');
});

describe('what a desk sends in its own name', () => {
  it('is done by the person who acted there, and audited with the person and the desk', async () => {
    for (const actorId of [users.receptionist, users.manager]) {
      const command = bookAs(actorId);
      expect((await send(command)).status).toBe(200);
      const audited =
        await admin`select actor_id, desk_id, channel from appointment_events where command_id = ${command.commandId}`;
      expect([...audited]).toEqual([{ actor_id: actorId, desk_id: deskId, channel: 'desk' }]);
    }
  });

  it('is decided and answered by that person’s permissions, and the decision is final', async () => {
    const command = bookAs(users.provider);
    requireProblem(await send(command), 'forbidden');
    expect(await verdictOf(command.commandId)).toBe('forbidden');
    await admin`update users set role = 'manager' where user_id = ${users.provider}`;
    const later = await start();
    requireProblem(await request(later, 'POST', '/api/commands/book', { token, body: command }), 'forbidden');
    await admin`update users set role = 'provider' where user_id = ${users.provider}`;
    const taken = bookAs(users.receptionist, { patientId: clinic.patients[1] ?? '' });
    const visit = (await send(taken)).body as { appointment: { appointmentId: string } };
    const { appointmentId } = visit.appointment;
    await admin`update appointments set status = 'arrived', version = 2 where appointment_id = ${appointmentId}`;
    const done = { ...aboutCommand(clinic, appointmentId), actorId: users.provider, deskId };
    const answer = await request(server, 'POST', '/api/commands/fulfil', { token, body: done });
    expect(answer.status).toBe(200);
  });

  it('is not decided for a person who is inactive, unknown or of another organization', async () => {
    const other = await makeClinic(admin);
    const gone = uuidv7();
    await admin`insert into users (org_id, user_id, username, display_name, role, password_hash, home_site_id, active)
      values (${clinic.orgId}, ${gone}, 'gone', 'Gone', 'manager', 'none', ${clinic.siteId}, false)`;
    for (const actorId of [gone, uuidv7(), other.userId]) {
      const command = bookAs(actorId);
      requireProblem(await send(command), 'forbidden');
      expect(await verdictOf(command.commandId)).toBe('forbidden');
    }
  });

  it('gets its first answer again, also when its person has lost the permission since', async () => {
    const command = bookAs(users.receptionist);
    const first = await send(command);
    expect(first.status).toBe(200);
    await admin`update users set active = false where user_id = ${users.receptionist}`;
    const later = await start();
    expect((await request(later, 'POST', '/api/commands/book', { token, body: command })).body).toEqual(first.body);
    await admin`update users set active = true where user_id = ${users.receptionist}`;
  });

  it('must name this desk: a command of another desk is not decided', async () => {
    const command = { ...bookAs(users.receptionist), deskId: uuidv7() };
    requireProblem(await send(command), 'forbidden');
    expect(await verdictOf(command.commandId)).toBeUndefined();
  });

  it('may have been sent before under the session of its person: it is the same command', async () => {
    const command = bookAs(users.receptionist);
    const first = await send(command, await signIn(server, 'receptionist'));
    expect(first.status).toBe(200);
    expect((await send(command)).body).toEqual(first.body);
  });
});

const routes = listRoutes();
const others = routes.filter((route) => route.access !== 'anyone' && !route.forDesks);

it('a desk may use no other route than those for desks', () => {
  expect(others.map(({ name }) => name)).toEqual(['sessions.current', 'sessions.end', 'desks.invite']);
});

it.each(others.map((route) => [route.name, route] as const))('%s is refused to a desk', async (_name, route) => {
  const sample = sampleOf(route, clinic);
  const answer = await request(server, route.method, addressOf(sample), { token });
  expect(requireProblem(answer, 'forbidden').detail).toContain('Sign in');
});

describe('a token that is almost one', () => {
  it.each([
    ['of a desk that there is not', `${clinic.handle}_desk_${'A'.repeat(43)}`],
    ['without its handle', token.slice(clinic.handle.length + 1)],
    ['that calls itself a session', token.replace('_desk_', '_')],
    ['of no organization', token.replace(clinic.handle, 'nobodys')],
    ['in other letters', token.toUpperCase()],
    ['with more at its end', `${token}A`],
  ])('%s opens nothing', async (_, almost) => {
    requireProblem(await request(server, 'GET', '/api/changes?cursor=', { token: almost }), 'unauthenticated');
  });
});

it('a token of one organization with the handle of another opens nothing', async () => {
  const other = await makeClinic(admin);
  const ofOther = await pairDesk(other.orgId);
  for (const swapped of [
    token.replace(clinic.handle, other.handle),
    ofOther.deskToken.replace(other.handle, clinic.handle),
  ]) {
    requireProblem(await request(server, 'GET', '/api/changes?cursor=', { token: swapped }), 'unauthenticated');
  }
  // The hash covers the handle. The look-up by the database must name the organization all the same.
  const found = (handle: string) =>
    admin`select desk_id from holdfast_api.find_desks(array[${handle}], array[${hashToken(token)}]::bytea[])`;
  expect([...(await found(clinic.handle))]).toEqual([{ desk_id: deskId }]);
  expect(await found(other.handle)).toHaveLength(0);
});

describe('a desk of another protocol', () => {
  it.each([
    ['/api/changes?cursor=&protocol=1', 'desk'],
    ['/api/changes?cursor=&protocol=99', 'server'],
    [`/api/sites/${clinic.siteId}/days/2031-03-03?protocol=1`, 'desk'],
  ] as const)('is told at %s to update the %s', async (address, update) => {
    expect(requireProblem(await request(server, 'GET', address, { token }), 'protocol-mismatch').data).toMatchObject({
      update,
    });
  });

  it('must not name the present protocol', async () => {
    for (const address of [
      '/api/changes?cursor=&protocol=2',
      `/api/sites/${clinic.siteId}/days/2031-03-03?protocol=2`,
    ]) {
      expect((await request(server, 'GET', address, { token })).status).toBe(200);
    }
    requireProblem(await request(server, 'GET', '/api/changes?cursor=&protocol=two', { token }), 'invalid-input');
  });
});
