import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { expect, onTestFinished, test } from 'vitest';

import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Outcome } from '../../../core/commands/outcome.ts';
import { quarterAtMilliseconds } from '../../../core/domain/time/quarter.ts';
import { addDays, dateAt } from '../../../core/domain/time/zoned.ts';
import { openStore } from '../../../db/sqlite/open-store.ts';
import { keyFile } from '../../../electron/browser/key-file.ts';
import { defaultClock } from '../../../electron/desk/environment/clock.ts';
import { deskHookPoints, type DeskHookPoint } from '../../../electron/desk/environment/hooks.ts';
import type { RunningDesk } from '../../../electron/desk/open-desk.ts';
import { bookCommand } from '../../builders/commands.ts';
import { password, request, withServers } from '../../builders/server.ts';
import { clockAt, quickTiming, scratchDesk, scratchFolder, untilCaughtUp } from '../../electron/scratch.ts';
import { openFaultProxy } from '../torture/faults/fault-proxy.ts';
import { ignoreDeskGone, makeDeskProcess } from '../torture/processes/desk-process.ts';
import { monotonicMs } from '../torture/processes/messages.ts';
import { busyDay } from './busy-day.ts';
import { deskIdOf, openWitness, type AnyDesk } from './witness.ts';

const today = quarterAtMilliseconds(Date.now());
/** The day after tomorrow in UTC. At whatever time this runs, that day is in the future at the site too. */
const opensAt = today - (today % 96) + 2 * 96;
const { admin, clinic, start, signIn } = await withServers({ opensAt, providers: 2, patients: 20 });
const server = await start();
const witness = openWitness(admin, clinic);
const date = dateAt(opensAt, 'Europe/Berlin');
const monthAgo = `${addDays(date, -30)}T08:00:00Z`;

/** How a desk reaches a point. By default the desk was signed in and held its days when it was last closed; then it works. */
interface Way {
  /** In the desk's former life: the time on the PC's clock, and the number of days that the desk held ahead. */
  readonly clock?: string;
  readonly daysAhead?: number;
  /** The desk works without its server. */
  readonly isOffline?: boolean;
  readonly pairs?: boolean;
  /** The desk starts for the first time. */
  readonly isNew?: boolean;
  /** What the person does besides sending the commands. */
  readonly also?: (desk: AnyDesk) => Promise<unknown>;
  /** In its former life the desk lost the server and went on working; then a part of its store was damaged. */
  readonly isDamaged?: boolean;
}

const damaged = { isDamaged: true };
const ways: { readonly [P in DeskHookPoint]?: Way } = {
  // The desk holds no days yet, and reads them at its start.
  'kept-part': { daysAhead: 0 },
  'kept-day': { daysAhead: 0 },
  // The days that the desk holds are a month old.
  pruned: { clock: monthAgo },
  // The person takes back a command that was never sent.
  withdrawn: { isOffline: true },
  paired: { pairs: true },
  'key-kept': { isNew: true },
  'signed-in': { isNew: true },
  found: { also: (desk) => desk.call('searchPatients', { query: 'patient' }) },
  resolved: { also: (desk) => witness.dealWithRefusals(desk) },
  'copied-out': damaged,
  'set-aside': damaged,
  salvaged: damaged,
};

/** A death at the first pass of each point. At the points of a command also one at the third pass, amid other commands. */
const deaths = [
  ...deskHookPoints.map((at) => ({ at, time: 1 })),
  ...(['stored', 'marked-sent', 'answered', 'settled'] as const).map((at) => ({ at, time: 3 })),
];

/** Runs the desk's former life until the desk is closed. `lastDeed` is what the person does last. */
async function liveBefore(
  serverUrl: string,
  dataDir: string,
  { clock, daysAhead = 6 }: Way,
  lastDeed: (desk: AnyDesk) => Promise<unknown>,
): Promise<void> {
  const { desk } = scratchDesk({
    serverUrl,
    dataDir,
    timing: quickTiming,
    clock: clock === undefined ? defaultClock : clockAt(clock),
    window: { daysBack: 0, daysAhead },
  });
  expect(await desk.call('signIn', { username: clinic.signInName, password })).toMatchObject({ ok: true });
  await untilCaughtUp(desk);
  await lastDeed(anyDesk(desk));
  await desk.close();
}

const anyDesk = (desk: RunningDesk): AnyDesk => ({
  call: async (name, input) => ({ answer: await desk.call(name, input), at: monotonicMs() }),
});

const untilOffline = (desk: AnyDesk) =>
  expect
    .poll(async () => (await desk.call('readStatus', {})).answer)
    .toMatchObject({ value: { connection: 'offline' } });

/** Overwrites the root page of the table. */
async function damageTable(dataDir: string, table: string): Promise<void> {
  const file = path.join(dataDir, 'desk.sqlite');
  const store = openStore(file, keyFile.loadKey(dataDir));
  const page = store.client.prepare('select rootpage from sqlite_master where name = ?').pluck().get(table) as number;
  const size = store.client.pragma('page_size', { simple: true }) as number;
  store.client.pragma('wal_checkpoint(truncate)');
  store.client.close();
  const handle = await open(file, 'r+');
  await handle.write(randomBytes(size), 0, size, (page - 1) * size);
  await handle.close();
}

async function signInAt(desk: AnyDesk): Promise<void> {
  const { answer } = await desk.call('describe', {});
  if (answer.ok && answer.value.person === null) await desk.call('signIn', { username: clinic.signInName, password });
}

async function makePairingCode(): Promise<string> {
  const token = await signIn(server, 'administrator');
  const answer = await request(server, 'POST', '/api/desks/pairings', { token });
  expect(answer.status).toBe(200);
  return (answer.body as { code: string }).code;
}

/** Books as another client, while the desk is away. */
async function bookElsewhere(offset: number): Promise<void> {
  const token = await signIn(server, clinic.signInName);
  const command = bookCommand(clinic, offset, {
    providerId: clinic.providers[1] ?? '',
    patientId: clinic.patients[5] ?? '',
  });
  await witness.sawDone({ type: 'book', command }, async () => {
    const answer = await request(server, 'POST', '/api/commands/book', { token, body: command });
    expect(answer.status).toBe(200);
    return answer.body as Outcome;
  });
}

test.each(deaths)('a desk that dies at "$at", time $time, loses nothing and does nothing twice', async (dies) => {
  const dataDir = await scratchFolder();
  const offset = 4 * deaths.indexOf(dies);
  const way = ways[dies.at] ?? {};
  const link = await openFaultProxy(() => Number(new URL(server.url).port));
  onTestFinished(() => link.close());
  const serverUrl = `http://127.0.0.1:${link.port}`;
  let day: TypedCommand[] = [];
  if (!way.isNew) {
    await liveBefore(serverUrl, dataDir, way, async (desk) => {
      day = busyDay(clinic, await deskIdOf(desk), offset);
      if (!way.isDamaged) return;
      link.inflict('cut');
      await untilOffline(desk);
      await Promise.all(day.map((typed) => witness.send(desk, typed)));
    });
  }
  link.heal();
  if (way.isDamaged) await damageTable(dataDir, 'appointments');
  await bookElsewhere(offset);

  const dying = makeDeskProcess({
    name: `desk that dies at ${dies.at}`,
    serverUrl,
    dataDir,
    logFile: path.join(dataDir, 'dying.log'),
    onEvent: witness.hear,
    dies,
    pairingCode: way.pairs ? await makePairingCode() : undefined,
  });
  if (way.isOffline) link.inflict('cut');
  await dying.start();
  if (way.isOffline) await untilOffline(dying);
  if (way.isNew) await signInAt(dying).catch(ignoreDeskGone);
  await witness.sendAgain(dying, day);
  await way.also?.(dying).catch(ignoreDeskGone);
  expect(await Promise.race([dying.gone(), pause(20_000, 'alive: the point was not reached', { ref: false })])).toBe(
    'SIGKILL',
  );
  link.heal();

  const { desk: next } = scratchDesk({
    serverUrl,
    dataDir,
    timing: { ...quickTiming, pollMs: 200 },
    clock: defaultClock,
    window: { daysBack: 0, daysAhead: 6 },
  });
  next.listen((event) => witness.hear(event));
  const desk = anyDesk(next);
  await signInAt(desk);
  if (way.isNew) day = busyDay(clinic, await deskIdOf(desk), offset);
  await witness.sendAgain(desk, day);
  await witness.expectInOrder(desk, [date]);
  await rm(path.join(dataDir, 'dying.log'), { force: true });
});
