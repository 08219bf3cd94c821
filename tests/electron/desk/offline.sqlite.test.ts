import path from 'node:path';

import { expect, test } from 'vitest';

import type { DeskDay } from '../../../core/contract/desk/desk-day.ts';
import { aBookAfter, anArrival, aRegister } from '../builders.ts';
import { aCancel, aMove, clinicDay } from '../clinic-day.ts';
import {
  connectionsIn,
  credentials,
  scratchDesk,
  scratchFolder,
  scratchServer,
  untilCaughtUp,
  type DeskOfTest,
} from '../scratch.ts';
import { aProblem, refusedWith } from '../stand-in-server.ts';
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
  today,
} from './offline-desk.ts';

test('a visit that is booked while the server is silent is kept, and shown as provisional with its name, also by the next run', async () => {
  const { desk, server, dataDir, clinic, visit } = await offlineDesk();
  const book = clinic.book('09:00', anna.patientId);
  const { appointmentId } = book.command.body;
  expect(await send(desk, book)).toEqual({ kind: 'waiting' });

  const shown = await dayOf(desk);
  expect(shown.view.appointments).toEqual([
    visit,
    clinic.visit('09:00', anna, { appointmentId, version: 1, status: 'booked' }),
  ]);
  expect(shown.provisional).toEqual([{ appointmentId, commandId: book.command.commandId }]);
  expect(shown.asOf).not.toBeNull();
  expect(await statusOf(desk)).toMatchObject({ connection: 'offline', waiting: 1, refused: 0 });
  await desk.close();

  const second = scratchDesk({ serverUrl: server.url, dataDir });
  expect(await dayOf(second.desk)).toEqual(shown);
  expect(await outboxOf(second.desk)).toMatchObject([
    { typed: book, state: 'saved', patient: anna, expected: { appointmentId }, problem: null },
  ]);
});

test('a time that this desk knows to be taken is refused at once, with the blocker and free times, and the command is not kept', async () => {
  const { desk, clinic, visit } = await offlineDesk();
  const decision = await send(desk, clinic.book('08:15', ben.patientId));
  if (decision.kind !== 'refused' || decision.problem.code !== 'conflict') throw new Error(decision.kind);
  const { blockers, alternatives } = decision.problem.data;
  expect(blockers).toMatchObject([
    { reason: 'taken', resourceName: 'Dr Brandt', appointmentId: visit.appointmentId, patientName: anna.displayName },
  ]);
  expect(alternatives).toHaveLength(5);
  expect(alternatives[0]).toMatchObject({ providerName: 'Dr Brandt', scheduledStart: '2026-11-23T08:30:00Z' });
  expect(await outboxOf(desk)).toEqual([]);
  // The desk's own undecided bookings take slots too.
  expect(await send(desk, clinic.book('09:00', anna.patientId))).toEqual({ kind: 'waiting' });
  expect(await send(desk, clinic.book('09:00', ben.patientId))).toMatchObject({ problem: { code: 'conflict' } });
  expect(await send(desk, clinic.book('09:15', anna.patientId, { providerId: clinic.oz }))).toMatchObject({
    problem: { data: { blockers: [{ reason: 'patient-busy' }] } },
  });
});

test('the commands on one visit show as one change, go out in their order, and are not provisional once they are decided', async () => {
  const { desk, events, server, clinic } = await offlineDesk();
  const book = clinic.book('09:00', anna.patientId);
  const { appointmentId } = book.command.body;
  const move = aMove(
    appointmentId,
    { afterCommandId: book.command.commandId },
    { scheduledStart: '2026-11-23T10:00:00Z', providerId: clinic.oz },
  );
  const arrive = anArrival(appointmentId);
  for (const typed of [book, move, arrive]) expect(await send(desk, typed)).toEqual({ kind: 'waiting' });
  const here = (day: DeskDay) => day.view.appointments.find((visit) => visit.appointmentId === appointmentId);
  const placed = {
    version: 3,
    status: 'arrived',
    scheduledStart: '2026-11-23T10:00:00Z',
    providerId: clinic.oz,
  };
  expect(here(await dayOf(desk))).toMatchObject(placed);

  const visits = [1, 2, 3].map((version) => ({
    ...clinic.visit(version === 1 ? '09:00' : '10:00', anna, { appointmentId, version }),
    ...(version > 1 && { providerId: clinic.oz }),
    ...(version > 2 && { status: 'arrived' as const }),
  }));
  const back = await comeBack(server, ({ commandId, type }) => ({
    status: 200,
    body: { commandId, appointment: visits[['book', 'move', 'arrive'].indexOf(type)] },
  }));
  await expect.poll(() => back.pushes.map(({ commandId }) => commandId)).toEqual(idsOf(book, move, arrive));
  await expect.poll(() => decidedIn(events)).toHaveLength(3);
  const after = await dayOf(desk);
  expect(here(after)).toMatchObject(placed);
  expect(after.provisional).toEqual([]);
});

test('commands of different visits do not wait for one another', async () => {
  const server = await scratchServer();
  const clinic = clinicDay();
  server.script.day = clinic.view();
  const { desk } = scratchDesk({ serverUrl: server.url, dataDir: await scratchFolder() });
  await desk.call('signIn', credentials);
  await untilCaughtUp(desk);
  const slow = clinic.book('08:00', anna.patientId);
  const quick = clinic.book('09:00', ben.patientId);
  const held = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  server.script.decide = async ({ commandId }) => {
    if (commandId === slow.command.commandId) {
      reached.resolve();
      await held.promise;
    }
    return { status: 200, body: { commandId, appointment: null } };
  };
  const first = send(desk, slow);
  await reached.promise;
  expect(await send(desk, quick)).toMatchObject({ kind: 'done' });
  held.resolve();
  expect(await first).toMatchObject({ kind: 'done' });
});

test('a booking of a slot that an earlier command frees waits until the server knows of that command', async () => {
  const { desk, server, clinic, visit } = await offlineDesk();
  const cancel = aCancel(visit.appointmentId);
  const book = clinic.book('08:00', ben.patientId);
  const other = clinic.book('12:00', ben.patientId);
  for (const typed of [cancel, book, other]) expect(await send(desk, typed)).toEqual({ kind: 'waiting' });
  const held = Promise.withResolvers<void>();
  const back = await comeBack(server, async ({ commandId, type }) => {
    if (type === 'cancel') await held.promise;
    return { status: 200, body: { commandId, appointment: null } };
  });
  const pushed = () => back.pushes.map(({ commandId }) => commandId);
  await expect.poll(pushed).toEqual(idsOf(cancel, other));
  await expect.poll(async () => (await outboxOf(desk)).map(({ state }) => state)).toEqual(['sent', 'saved']);
  held.resolve();
  await expect.poll(pushed).toEqual(idsOf(cancel, other, book));
});

test('a patient who was registered here is found here in spite of a slip, and is booked after the registration', async () => {
  const { desk, server, clinic } = await offlineDesk();
  const register = aRegister();
  expect(await send(desk, register)).toEqual({ kind: 'waiting' });
  const found = await desk.call('searchPatients', { query: 'wojick zan' });
  expect(found).toMatchObject({ ok: true, value: [{ patientId: register.command.body.patientId }] });
  const after = aBookAfter(register);
  const book = { ...after, command: { ...after.command, body: { ...clinic.book('11:00', '').command.body } } };
  book.command.body.patientId = register.command.body.patientId;
  expect(await send(desk, book)).toEqual({ kind: 'waiting' });
  expect((await dayOf(desk)).view.patients).toContainEqual(found.ok ? found.value[0] : null);
  const back = await comeBack(server);
  await expect.poll(() => back.pushes.map(({ commandId }) => commandId)).toEqual(idsOf(register, book));
});

test('the desk knows the patients of the waitlist from then on: a visit that is booked for one has the name', async () => {
  const server = await scratchServer();
  const clinic = clinicDay();
  server.script.day = clinic.view();
  server.script.waitlist = [
    {
      waitlistEntryId: '0198b000-0000-7000-8000-0000000000e1',
      siteId: today.siteId,
      patientId: ben.patientId,
      patient: ben,
      serviceId: clinic.book('09:00', ben.patientId).command.body.serviceId,
      serviceName: 'Check-up',
      providerIds: [],
      windows: [{ startsAt: '2026-11-23T08:00:00Z', endsAt: '2026-11-23T16:00:00Z' }],
      urgency: 'routine',
      note: '',
      createdAt: '2026-11-22T08:00:00Z',
    },
  ];
  const { desk, events } = scratchDesk({ serverUrl: server.url, dataDir: await scratchFolder() });
  await desk.call('signIn', credentials);
  await untilCaughtUp(desk);
  expect(await desk.call('readWaitlist', { siteId: today.siteId })).toMatchObject({
    ok: true,
    value: [{ patient: ben }],
  });
  await server.close();
  await expect.poll(() => connectionsIn(events)).toContain('offline');
  expect(await send(desk, clinic.book('09:00', ben.patientId))).toEqual({ kind: 'waiting' });
  expect((await dayOf(desk)).view.patients).toEqual([ben]);
});

test('patients of the held days are found by name, birth date and phone', async () => {
  const { desk } = await offlineDesk();
  const find = async (query: string) => {
    const answer = await desk.call('searchPatients', { query });
    return answer.ok ? answer.value.map(({ displayName }) => displayName) : answer.problem.code;
  };
  for (const query of ['anna', 'Muellerstein', 'müllersten', 'an mu', '29.02.1980', '030 5550101', 'stein']) {
    expect(await find(query), query).toEqual([anna.displayName]);
  }
  for (const query of ['ben', '5550102', 'an ot', '""', 'x*', '%%']) expect(await find(query), query).toEqual([]);
});

test('a server of another version decides nothing and loses nothing, and the status says what to update', async () => {
  const { desk, server, clinic } = await offlineDesk();
  await send(desk, clinic.book('09:00', anna.patientId));
  const mismatch = { server: 3, desk: 2, update: 'desk' };
  const back = await comeBack(server, () => refusedWith(aProblem('protocol-mismatch', mismatch)));
  await expect.poll(() => statusOf(desk)).toMatchObject({ mismatch, waiting: 1, refused: 0 });
  back.script.decide = ({ commandId }) => ({ status: 200, body: { commandId, appointment: null } });
  await expect.poll(() => statusOf(desk)).toMatchObject({ waiting: 0, refused: 0 });
});

test('commands that a restored server may have lost are sent again, and are shown as provisional until they are decided', async () => {
  const server = await scratchServer();
  const clinic = clinicDay();
  server.script.day = clinic.view();
  const { desk, events }: DeskOfTest = scratchDesk({ serverUrl: server.url, dataDir: await scratchFolder() });
  const lastWaiting = () => events.flatMap((event) => (event.type === 'status' ? event.status.waiting : [])).at(-1);
  await desk.call('signIn', credentials);
  await untilCaughtUp(desk);
  await expect.poll(() => server.listeners()).toBe(1);
  const book = clinic.book('09:00', anna.patientId);
  const { appointmentId } = book.command.body;
  const visit = clinic.visit('09:00', anna, { appointmentId });
  server.script.decide = ({ commandId }) => ({ status: 200, body: { commandId, appointment: visit } });
  expect(await send(desk, book)).toMatchObject({ kind: 'done' });
  expect((await dayOf(desk)).view.appointments).toEqual([visit]);
  await expect.poll(lastWaiting).toBe(0);

  const other = '0198b000-0000-7000-8000-0000000000e2';
  const held = Promise.withResolvers<void>();
  server.script.decide = async ({ commandId }) => {
    await held.promise;
    return { status: 200, body: { commandId, appointment: visit } };
  };
  server.script.day = clinic.view({ cursor: `${other}.7.1` });
  server.script.changes.push({ cursor: `${other}.7.1`, reset: true, withheld: false, changes: [] });
  server.poke();
  await expect.poll(async () => (await dayOf(desk)).provisional).toMatchObject([{ appointmentId }]);
  await expect.poll(lastWaiting).toBe(1);
  held.resolve();
  await expect.poll(() => statusOf(desk)).toMatchObject({ waiting: 0 });
  expect(server.pushes.map(({ commandId }) => commandId)).toEqual(idsOf(book, book));
});

test('the diagnostics describe the desk and hold nothing of its patients', async () => {
  const { desk, clinic } = await offlineDesk();
  const book = clinic.book('09:00', anna.patientId);
  await send(desk, book);
  await send(desk, aRegister());
  const answer = await desk.call('readDiagnostics', {});
  if (!answer.ok) throw new Error(answer.problem.code);
  const { fileName, text } = answer.value;
  expect(path.extname(fileName)).toBe('.json');
  expect(JSON.parse(text)).toMatchObject({
    status: { connection: 'offline', waiting: 2 },
    store: { heldDays: 1, appointments: 1, patients: 2 },
    outbox: [
      { type: 'book', state: 'saved', count: 1 },
      { type: 'register-patient', state: 'saved', count: 1 },
    ],
  });
  const secrets = [anna.displayName, anna.birthDate, anna.phone, 'Wójcik', anna.patientId, 'token-', 'Rana'];
  for (const secret of secrets) expect(text).not.toContain(secret);
});
