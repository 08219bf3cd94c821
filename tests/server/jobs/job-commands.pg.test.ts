import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';

import { actorKinds } from '../../../core/domain/people/actors.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import { jobActor } from '../../../server/jobs/job-actor.ts';
import { defineJob, type JobTurn } from '../../../server/jobs/job.ts';
import { hashToken, mintToken } from '../../../server/sessions/tokens.ts';
import { insertRaw } from '../../builders/appointment-row.ts';
import { aboutCommand, bookCommand } from '../../builders/commands.ts';
import { makeManualClock } from '../../builders/manual-clock.ts';
import { requireProblem, request, withServers } from '../../builders/server.ts';

const { admin, clinic, users, start, signIn } = await withServers();

/** Runs this as a job's turn, on a server of its own. */
async function asJob<T>(name: string, work: (turn: JobTurn) => Promise<T>): Promise<T> {
  const clock = makeManualClock(new Date().toISOString());
  const done = Promise.withResolvers<T>();
  // Awaited only when the server is closed.
  done.promise.catch(() => {});
  const job = defineJob({
    name,
    everyMinutes: 60,
    run: (turn) => work(turn).then(done.resolve, done.reject),
  });
  const server = await start({ clock, jobs: [job] });
  await clock.advance(0);
  await server.close();
  return done.promise;
}

async function aVisit(offset: number): Promise<string> {
  const server = await start();
  const token = await signIn(server, 'manager');
  const body = { ...bookCommand(clinic, offset), actorId: users.manager };
  expect((await request(server, 'POST', '/api/commands/book', { token, body })).status).toBe(200);
  await server.close();
  return body.body.appointmentId;
}

const eventsOf = (appointmentId: string) => admin`
  select actor_kind, actor_id, desk_id, channel, action from appointment_events where appointment_id = ${appointmentId} order by version`;

it('a job cancels a visit through the door of every desk, and the events say who did what', async () => {
  const appointmentId = await aVisit(0);
  const result = await asJob('cancel-a-visit', ({ issue }) => issue(clinic.orgId, 'cancel', { appointmentId }));
  expect(result).toMatchObject({ ok: true, value: { appointment: { status: 'cancelled' } } });
  const { actorId } = jobActor('cancel-a-visit', clinic.orgId);
  expect([...(await eventsOf(appointmentId))]).toEqual([
    { actor_kind: 'person', actor_id: users.manager, desk_id: 'desk-of-a-test', channel: 'api', action: 'book' },
    { actor_kind: 'job', actor_id: actorId, desk_id: 'job cancel-a-visit', channel: 'job', action: 'cancel' },
  ]);
  const [command] = await admin`select actor_kind, actor_id from commands where command_type = 'cancel'`;
  expect(command).toEqual({ actor_kind: 'job', actor_id: actorId });
});

it('a job that runs again after a crash has its first answer under the same id', async () => {
  const appointmentId = await aVisit(4);
  const commandId = uuidv7();
  const cancel = () =>
    asJob('cancel-once', ({ issue }) => issue(clinic.orgId, 'cancel', { appointmentId }, { commandId }));
  expect(await cancel()).toMatchObject({ ok: true, value: { appointment: { version: 2 } } });
  await admin`update jobs set due_at = '2020-01-01' where name = 'cancel-once'`;
  expect(await cancel()).toMatchObject({ ok: true, value: { appointment: { version: 2 } } });
  expect(await eventsOf(appointmentId)).toHaveLength(2);
});

it('a job may do what jobs may: it raises no capacity', async () => {
  const body = {
    resourceId: clinic.providers[0] ?? '',
    slotStarts: [instantOf(clinic.opensAt)],
    capacity: 2,
    reason: 'because it can',
  };
  const result = await asJob('raise', ({ issue }) => issue(clinic.orgId, 'raise-capacity', body));
  expect(result).toMatchObject({ ok: false, error: { code: 'forbidden' } });
});

it('a body that the contract does not take is a bug of the job, and nothing is stored', async () => {
  const body = { appointmentId: 'no id' };
  await expect(asJob('bug', ({ issue }) => issue(clinic.orgId, 'cancel', body))).rejects.toThrow('Invalid UUID');
  expect(await admin`select from commands where desk_id = 'job bug'`).toHaveLength(0);
});

it('nobody at a desk can claim to be a job', async () => {
  const appointmentId = await aVisit(8);
  const server = await start();
  const { actorId } = jobActor('cancel-a-visit', clinic.orgId);
  const cancel = (overrides: object) => ({ ...aboutCommand(clinic, appointmentId), ...overrides });
  const post = (token: string, body: object) => request(server, 'POST', '/api/commands/cancel', { token, body });

  const person = await signIn(server, 'manager');
  requireProblem(await post(person, cancel({ actorId })), 'forbidden');
  requireProblem(await post(person, cancel({ actorId: users.manager, actorKind: 'job' })), 'invalid-input');
  expect(await eventsOf(appointmentId)).toHaveLength(1);

  // A desk acts in the name of people. Of this id there is none, so there are no permissions, and the refusal is a person's.
  const [token, deskId] = [mintToken(clinic.handle, 'desk'), uuidv7()];
  await insertRaw(admin, 'desks', {
    org_id: clinic.orgId,
    desk_id: deskId,
    name: 'Desk',
    token_hash: hashToken(token),
  });
  const command = cancel({ actorId, deskId });
  requireProblem(await post(token, command), 'forbidden');
  const [stored] = await admin`select actor_kind from commands where command_id = ${command.commandId}`;
  expect(stored).toEqual({ actor_kind: 'person' });
  await server.close();
});

it('the database knows the kinds of actors that the domain knows', async () => {
  for (const kind of actorKinds) {
    expect(await admin`select ${kind}::text::actor_kind as kind`).toEqual([{ kind }]);
  }
  await expect(admin`select 'robot'::actor_kind`).rejects.toMatchObject({ code: '23514' });
});
