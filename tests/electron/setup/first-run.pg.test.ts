import { stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';

import { v7 as uuidv7 } from 'uuid';
import { expect, test, vi } from 'vitest';

import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Decision } from '../../../core/contract/desk/calls.ts';
import type { Person } from '../../../core/contract/session.ts';
import { quarterDuring } from '../../../core/domain/time/quarter.ts';
import { addDays, dateAt, weekdayOf } from '../../../core/domain/time/zoned.ts';
import { protocol } from '../../../core/primitives/protocol.ts';
import { isRunning } from '../processes.ts';
import { scratchFolder } from '../scratch.ts';
import { postmasterOf, readKept, startDeskProcess, type DeskProcess } from './desk-process.ts';

const slow = { timeout: 60_000, interval: 100 };
const isOnline = async (desk: DeskProcess) => expect((await desk.must('readStatus', {})).connection).toBe('online');

/** Books a visit on the next Monday with a provider who works then; takes an alternative where that time is taken. */
async function bookOnMonday(desk: DeskProcess, person: Person) {
  const { deskId } = await desk.must('describe', {});
  const siteId = person.homeSiteId;
  const timeZone = person.sites.find((site) => site.siteId === siteId)?.timeZone ?? 'UTC';
  const today = dateAt(quarterDuring(new Date().toISOString()), timeZone);
  const { view } = await desk.must('readDay', { siteId, date: addDays(today, 8 - weekdayOf(today)) });
  const [run] = view.openRuns.filter(({ resourceId }) =>
    view.services.some(({ providerIds }) => providerIds.includes(resourceId)),
  );
  const service = view.services.find(({ providerIds }) => run && providerIds.includes(run.resourceId));
  const [patient] = view.patients;
  if (!run || !service || !patient) throw new Error('nobody works on Monday');
  const book = (scheduledStart: string, providerId: string): TypedCommand => ({
    type: 'book',
    command: {
      commandId: uuidv7(),
      actorId: person.userId,
      deskId,
      madeAt: new Date().toISOString(),
      protocol,
      body: {
        appointmentId: uuidv7(),
        siteId,
        patientId: patient.patientId,
        serviceId: service.serviceId,
        providerId,
        scheduledStart,
      },
    },
  });
  const first = await decisionOn(desk, book(run.startsAt, run.resourceId));
  if (first.kind !== 'refused' || first.problem.code !== 'conflict') return first;
  const [way] = first.problem.data.alternatives;
  if (!way) throw new Error('there is no way out');
  return decisionOn(desk, book(way.scheduledStart, way.providerId));
}

/** Waits for the server's verdict, also where it comes late. */
async function decisionOn(desk: DeskProcess, typed: TypedCommand): Promise<Decision> {
  const { commandId } = typed.command;
  const answer = await desk.must('send', typed);
  if (answer.kind !== 'waiting') return answer;
  return vi.waitFor(() => {
    const decided = desk.events.find((event) => event.type === 'decided' && event.commandId === commandId);
    if (decided?.type !== 'decided') throw new Error('not decided yet');
    return decided.decision;
  }, slow);
}

/** Every new server prefers this port: where it is taken, a server gets one that no other server fights for after a crash. */
async function withPortTaken<T>(port: number, fn: () => Promise<T>): Promise<T> {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.once('error', () => resolve()).listen(port, '127.0.0.1', resolve));
  try {
    return await fn();
  } finally {
    holder.close();
  }
}

// Above ten seconds: makes a cluster with the whole demo, starts the desk twice and its server three times.
test('at the first run only the setup answers; then the desk hosts a demo clinic, and a person signs in and books', async () => {
  const folder = await scratchFolder();
  const desk = await startDeskProcess(folder);
  expect(await desk.must('describe', {})).toMatchObject({ setUp: false, person: null });
  expect(await desk.must('readSetup', {})).toEqual({ setup: null, changeable: true });
  const early = await desk.call('signIn', { username: 'reception-berlin', password: 'demo-reception-berlin' });
  expect(early).toMatchObject({ ok: false, problem: { code: 'set-up-first' } });

  const choice = { kind: 'host-embedded', demo: true } as const;
  expect(await desk.must('testSetup', choice)).toMatchObject({ ok: true, checks: [{ check: 'room', ok: true }] });
  const { firstSignIn } = await withPortTaken(4600, () => desk.must('applySetup', choice));
  expect(firstSignIn).toEqual({ username: 'reception-berlin', password: 'demo-reception-berlin' });
  expect(desk.events).toContainEqual({ type: 'everything-changed' });
  expect(await desk.must('readSetup', {})).toEqual({ setup: choice, changeable: true });
  expect(await desk.must('describe', {})).toMatchObject({ setUp: true, person: null });
  const person = await desk.must('signIn', firstSignIn ?? { username: '', password: '' });
  expect(await bookOnMonday(desk, person)).toMatchObject({ kind: 'done' });

  const kept = await readKept(desk.dataDir);
  const host = desk.host();
  process.kill(host, 'SIGKILL');
  // The killed server may still be listed for a moment, and the desk may not have noticed its death.
  await vi.waitFor(() => expect(isRunning(host)).toBe(false), slow);
  await vi.waitFor(() => expect(desk.hosts().filter(isRunning)).toHaveLength(1), slow);
  await vi.waitFor(() => isOnline(desk), slow);
  expect(desk.hosts()).not.toContain(host);
  expect(await bookOnMonday(desk, person)).toMatchObject({ kind: 'done' });
  expect(await readKept(desk.dataDir), 'the same port').toBe(kept);

  const second = desk.host();
  const postmaster = await postmasterOf(desk.dataDir, 'demo-clinic');
  desk.signal('SIGKILL');
  await desk.ended;
  await vi.waitFor(() => expect([second, postmaster].filter(isRunning)).toEqual([]), slow);

  const again = await startDeskProcess(folder);
  expect(await again.must('describe', {})).toMatchObject({ setUp: true, person: { userId: person.userId } });
  await vi.waitFor(() => isOnline(again), slow);
  expect(await bookOnMonday(again, person)).toMatchObject({ kind: 'done' });

  // Both end at once, as when the session of the system ends: no process is left that could close the database.
  const third = again.host();
  const last = await postmasterOf(again.dataDir, 'demo-clinic');
  process.kill(third, 'SIGKILL');
  again.signal('SIGKILL');
  await again.ended;
  await vi.waitFor(() => expect([third, last].filter(isRunning)).toEqual([]), slow);
}, 300_000);

// Above ten seconds on a busy machine: makes a cluster, and checks passwords, which is slow on purpose.
test('a new clinic begins with an administrator, whose password is told again until it was used', async () => {
  const desk = await startDeskProcess(await scratchFolder());
  const choice = { kind: 'host-embedded', demo: false } as const;
  const first = await desk.must('applySetup', choice);
  const second = await desk.must('applySetup', choice);
  expect(first.firstSignIn).toMatchObject({ username: 'administrator' });
  expect(await desk.call('signIn', first.firstSignIn!)).toMatchObject({ ok: false });
  expect(await desk.must('signIn', second.firstSignIn!)).toMatchObject({
    role: 'administrator',
    organizationName: 'My practice',
  });
  expect(await desk.must('applySetup', choice)).toEqual({ firstSignIn: null });
  expect(await desk.must('describe', {}), 'stays signed in').toMatchObject({ person: { role: 'administrator' } });
  expect(await desk.must('inviteDesk', {})).toMatchObject({
    code: expect.stringMatching(/^mypractice-\w{4}-\w{4}$/) as unknown,
  });

  const kept = path.join(desk.dataDir, 'desk.json');
  expect((await stat(kept)).mode & 0o777).toBe(0o600);
  const host = desk.host();
  const postmaster = await postmasterOf(desk.dataDir, 'clinic');
  desk.signal('SIGTERM');
  await desk.ended;
  expect([host, postmaster].filter(isRunning)).toEqual([]);
}, 180_000);
