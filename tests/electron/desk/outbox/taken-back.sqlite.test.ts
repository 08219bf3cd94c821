import { expect, test } from 'vitest';

import { anArrival } from '../../builders.ts';
import { aCancel, clinicDay } from '../../clinic-day.ts';
import { credentials, scratchDesk, scratchFolder, scratchServer, untilCaughtUp } from '../../scratch.ts';
import { aProblem, refusedWith } from '../../stand-in-server.ts';
import {
  anna,
  ben,
  comeBack,
  dayOf,
  decidedIn,
  idsOf,
  offlineDesk,
  outboxOf,
  send,
  statusOf,
} from '../offline-desk.ts';

test('a booking that is taken back before it was sent is gone with its undo, and nothing is sent', async () => {
  const { desk, events, server, clinic, visit } = await offlineDesk();
  const book = clinic.book('09:00', anna.patientId);
  await send(desk, book);
  const undo = aCancel(book.command.body.appointmentId, book);
  const nothing = { kind: 'done', outcome: { commandId: undo.command.commandId, appointment: null } };
  expect(await send(desk, undo)).toEqual(nothing);
  expect(decidedIn(events)).toMatchObject([{ commandId: book.command.commandId, decision: { kind: 'done' } }]);
  expect((await dayOf(desk)).view.appointments).toEqual([visit]);
  expect(await statusOf(desk)).toMatchObject({ waiting: 0, refused: 0 });
  // A shell that lost its page's socket sends both again.
  expect(await send(desk, undo)).toEqual(nothing);
  expect(await send(desk, book)).toMatchObject({ kind: 'done', outcome: { appointment: null } });

  const later = clinic.book('10:00', anna.patientId);
  await send(desk, later);
  const back = await comeBack(server);
  await expect.poll(() => back.pushes.map(({ commandId }) => commandId)).toEqual(idsOf(later));
});

test('a command that another one builds on is taken back by the server, in its order, not by the desk', async () => {
  const { desk, server, clinic } = await offlineDesk();
  const book = clinic.book('09:00', anna.patientId);
  const arrive = anArrival(book.command.body.appointmentId);
  const undo = aCancel(book.command.body.appointmentId, book);
  for (const typed of [book, arrive, undo]) expect(await send(desk, typed)).toEqual({ kind: 'waiting' });
  const back = await comeBack(server);
  await expect.poll(() => back.pushes.map(({ commandId }) => commandId)).toEqual(idsOf(book, arrive, undo));
});

test('a refusal of a command that was taken back already asks no person', async () => {
  const server = await scratchServer();
  const clinic = clinicDay();
  server.script.day = clinic.view();
  const { desk, events } = scratchDesk({ serverUrl: server.url, dataDir: await scratchFolder() });
  await desk.call('signIn', credentials);
  await untilCaughtUp(desk);
  const book = clinic.book('09:00', anna.patientId);
  const held = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  server.script.decide = async () => {
    reached.resolve();
    await held.promise;
    return refusedWith(aProblem('refused', { reason: 'unknown' }));
  };
  const booked = send(desk, book);
  await reached.promise;
  const undo = aCancel(book.command.body.appointmentId, book);
  const undone = send(desk, undo);
  await expect.poll(async () => (await statusOf(desk))?.waiting).toBe(2);
  held.resolve();
  expect(await booked).toMatchObject({ kind: 'refused' });
  expect(await undone).toMatchObject({ kind: 'done', outcome: { appointment: null } });
  expect(await statusOf(desk)).toMatchObject({ waiting: 0, refused: 0 });
  expect(await outboxOf(desk)).toEqual([]);
  expect(server.pushes).toHaveLength(1);
  expect(decidedIn(events).map(({ commandId }) => commandId)).toEqual(idsOf(book, undo));
});

test('a refused booking takes its followers along: the person deals with one entry, and so with all of them', async () => {
  const { desk, server, clinic } = await offlineDesk();
  const book = clinic.book('09:00', anna.patientId);
  const arrive = anArrival(book.command.body.appointmentId);
  const other = clinic.book('12:00', ben.patientId);
  for (const typed of [book, arrive, other]) await send(desk, typed);
  const problem = aProblem('refused', { reason: 'unknown' });
  const back = await comeBack(server, ({ commandId }) =>
    commandId === other.command.commandId
      ? { status: 200, body: { commandId, appointment: null } }
      : refusedWith(problem),
  );
  await expect.poll(() => statusOf(desk)).toMatchObject({ waiting: 0, refused: 2 });
  const { commandId } = book.command;
  expect(await outboxOf(desk)).toMatchObject([
    { typed: book, state: 'refused', problem, followsCommandId: null, patient: anna },
    { typed: arrive, state: 'refused', followsCommandId: commandId },
  ]);
  expect((await dayOf(desk)).provisional).toEqual([]);

  // The desk asks the server again, for the times that are free by now.
  const pushed = back.pushes.length;
  expect(await desk.call('explainRefusal', { commandId })).toMatchObject({ value: { kind: 'refused', problem } });
  expect(back.pushes.slice(pushed)).toMatchObject([{ commandId, command: book.command }]);
  expect(await desk.call('resolveRefusal', { commandId, as: 'discarded' })).toMatchObject({ ok: true });
  expect(await outboxOf(desk)).toEqual([]);
  expect(await statusOf(desk)).toMatchObject({ refused: 0 });
});
