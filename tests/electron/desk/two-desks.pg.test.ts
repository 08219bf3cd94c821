import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';

import type { DayView } from '../../../core/calendar/calendar.ts';
import type { Command, TypedCommand } from '../../../core/commands/list.ts';
import type { Decision } from '../../../core/contract/desk/calls.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import type { RunningDesk } from '../../../electron/desk/open-desk.ts';
import { password, request, withServers } from '../../builders/server.ts';
import { aBook } from '../builders.ts';
import { aMove } from '../clinic-day.ts';
import { connectionsIn, scratchDesk, scratchFolder, untilCaughtUp } from '../scratch.ts';

const { admin, clinic, users, start, signIn } = await withServers();

async function signedInDesk(serverUrl: string) {
  const opened = scratchDesk({ serverUrl, dataDir: await scratchFolder() });
  expect(await opened.desk.call('signIn', { username: 'receptionist', password })).toMatchObject({ ok: true });
  return opened;
}

/** Books a plain visit with the first provider, `after` quarters past the opening. */
function aVisit(after: number, body: Partial<Command<'book'>['body']> = {}) {
  const typed = aBook({
    siteId: clinic.siteId,
    serviceId: clinic.services.plain,
    providerId: clinic.providers[0] ?? '',
    patientId: clinic.patients[0] ?? '',
    scheduledStart: instantOf(clinic.opensAt + after),
    ...body,
  });
  return { ...typed, command: { ...typed.command, actorId: users.receptionist } };
}

async function decisionOn(desk: RunningDesk, typed: ReturnType<typeof aVisit>): Promise<Decision> {
  const answer = await desk.call('send', typed);
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value;
}

const countOf = async (appointmentId: string) =>
  (await admin`select 1 from appointments where appointment_id = ${appointmentId}`).length;

test('two desks race for one slot: one books, the other gets an alternative that books with one more call', async () => {
  const server = await start();
  const [first, second] = [await signedInDesk(server.url), await signedInDesk(server.url)];
  const asked = [aVisit(8), aVisit(8, { patientId: clinic.patients[1] ?? '' })] as const;
  const decisions = await Promise.all([decisionOn(first.desk, asked[0]), decisionOn(second.desk, asked[1])]);
  expect(decisions.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused']);

  const refusal = decisions.find((decision) => decision.kind === 'refused');
  if (refusal?.problem.code !== 'conflict') throw new Error('the refusal is not a conflict');
  const { alternatives, blockers } = refusal.problem.data;
  expect(blockers).toMatchObject([{ reason: 'taken', resourceId: clinic.providers[0] }]);
  const { scheduledStart, providerId } = alternatives[0] ?? { scheduledStart: '', providerId: '' };
  const loser = decisions[0].kind === 'refused' ? 0 : 1;
  const { patientId } = asked[loser].command.body;
  const rebooked = aVisit(0, { scheduledStart, providerId, patientId });
  expect(await decisionOn([first, second][loser]?.desk ?? first.desk, rebooked)).toMatchObject({ kind: 'done' });
});

test('the other desk hears of a visit, and reads its day from the disk when the server is gone', async () => {
  const server = await start();
  const [first, second] = [await signedInDesk(server.url), await signedInDesk(server.url)];
  const day = { siteId: clinic.siteId, date: '2031-03-03' };
  await expect.poll(() => second.events).toContainEqual({ type: 'everything-changed' });

  const typed = aVisit(16);
  await decisionOn(first.desk, typed);
  await expect
    .poll(() => second.events)
    .toContainEqual({ type: 'days-changed', siteId: clinic.siteId, dates: [day.date] });
  const read = await second.desk.call('readDay', day);
  expect(read).toMatchObject({
    ok: true,
    value: {
      view: {
        appointments: expect.arrayContaining([
          expect.objectContaining({ appointmentId: typed.command.body.appointmentId, status: 'booked' }),
        ]) as unknown,
        patients: expect.arrayContaining([expect.objectContaining({ patientId: clinic.patients[0] })]) as unknown,
      },
    },
  });
  await server.close();
  await expect.poll(() => connectionsIn(second.events)).toContain('offline');
  expect(await second.desk.call('readDay', day)).toMatchObject({
    value: { view: read.ok && read.value.view, asOf: expect.any(String) as string },
  });
});

test('a booking that is made while the server is away is booked once when it is back', async () => {
  const before = await start();
  const { desk, events } = await signedInDesk(before.url);
  await before.close();
  const typed = aVisit(24);
  const { appointmentId } = typed.command.body;
  expect(await decisionOn(desk, typed)).toEqual({ kind: 'waiting' });
  expect(await countOf(appointmentId)).toBe(0);

  await start({ port: Number(new URL(before.url).port) });
  await expect
    .poll(() => events.find((event) => event.type === 'decided'))
    .toMatchObject({ commandId: typed.command.commandId, decision: { kind: 'done' } });
  expect(await countOf(appointmentId)).toBe(1);
  // The same command again has its first result.
  expect(await decisionOn(desk, typed)).toMatchObject({ kind: 'done', outcome: { appointment: { appointmentId } } });
  expect(await countOf(appointmentId)).toBe(1);
});

test('a wrong password does not end the present session', async () => {
  const server = await start();
  const { desk } = await signedInDesk(server.url);
  expect(await desk.call('signIn', { username: 'receptionist', password: uuidv7() })).toMatchObject({
    ok: false,
    problem: { code: 'unauthenticated' },
  });
  expect(await desk.call('searchPatients', { query: 'Patient' })).toMatchObject({ ok: true });
  await desk.call('signOut', {});
  expect(await desk.call('searchPatients', { query: 'Patient' })).toMatchObject({
    problem: { code: 'unauthenticated' },
  });
});

test('commands that were made on a visit while the server was away are done in their order, and the desk then shows the day of the server', async () => {
  const before = await start();
  const { desk, events } = await signedInDesk(before.url);
  const day = { siteId: clinic.siteId, date: '2031-03-03' };
  await desk.call('readDay', day);
  await before.close();
  await expect.poll(() => connectionsIn(events)).toContain('offline');

  const book = aVisit(32);
  const { appointmentId } = book.command.body;
  const after = (typed: { readonly command: { readonly commandId: string } }) => ({
    afterCommandId: typed.command.commandId,
  });
  const move = aMove(appointmentId, after(book), { scheduledStart: instantOf(clinic.opensAt + 40) });
  const further = aMove(appointmentId, after(move), { scheduledStart: instantOf(clinic.opensAt + 42) });
  const taken = aVisit(42, { patientId: clinic.patients[2] ?? '' });
  for (const typed of [book, move, further]) {
    const command = { ...typed.command, actorId: users.receptionist };
    expect(await desk.call('send', { ...typed, command } as TypedCommand)).toMatchObject({
      value: { kind: 'waiting' },
    });
  }
  expect(await decisionOn(desk, taken)).toMatchObject({ kind: 'refused', problem: { code: 'conflict' } });

  const back = await start({ port: Number(new URL(before.url).port) });
  await expect.poll(() => desk.call('readStatus', {}), { timeout: 20_000 }).toMatchObject({ value: { waiting: 0 } });
  const [row] = await admin`select version, status from appointments where appointment_id = ${appointmentId}`;
  expect(row).toMatchObject({ version: 3, status: 'booked' });
  const shown = await desk.call('readDay', day);
  const token = await signIn(back, 'receptionist');
  const { body } = await request(back, 'GET', `/api/sites/${day.siteId}/days/${day.date}`, { token });
  const { appointments, patients } = body as DayView;
  expect(shown).toMatchObject({ value: { view: { appointments, patients }, provisional: [] } });
});

test('a paired desk sends the commands of a person who has left, and the server knows whose they are', async () => {
  const server = await start();
  const token = await signIn(server, 'administrator');
  const invited = await request(server, 'POST', '/api/desks/pairings', { token });
  const { code } = invited.body as { code: string };
  const { desk, events } = scratchDesk({ serverUrl: server.url, dataDir: await scratchFolder(), pairingCode: code });
  await untilCaughtUp(desk);
  const described = await desk.call('describe', {});
  const deskId = described.ok ? described.value.deskId : '';
  await desk.call('signIn', { username: 'receptionist', password });
  await server.close();
  await expect.poll(() => connectionsIn(events)).toContain('offline');
  const typed = aVisit(48);
  const command = { ...typed.command, deskId };
  expect(await desk.call('send', { ...typed, command })).toMatchObject({ value: { kind: 'waiting' } });
  await desk.call('signOut', {});

  await start({ port: Number(new URL(server.url).port) });
  await expect
    .poll(() => events.find((event) => event.type === 'decided'), { timeout: 20_000 })
    .toMatchObject({ commandId: command.commandId, decision: { kind: 'done' } });
  expect(await countOf(typed.command.body.appointmentId)).toBe(1);
});
