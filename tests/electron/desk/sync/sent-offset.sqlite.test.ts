import { expect, test } from 'vitest';

import type { TypedCommand } from '../../../../core/commands/list.ts';
import { aBook } from '../../builders.ts';
import { clockAt, connectionsIn, credentials, scratchDesk, scratchFolder, scratchServer } from '../../scratch.ts';
import { aProblem, refusedWith, type StandIn } from '../../stand-in-server.ts';

const hour = 3_600_000;
const atDesk = '2026-11-23T07:00:00Z';
/** The desk's clock is three hours behind. */
const atServer = '2026-11-23T10:00:00Z';

const offsetOf = (command: unknown) => (command as TypedCommand['command']).clockOffsetMilliseconds;
const lastOffset = (server: StandIn) => offsetOf(server.pushes.at(-1)?.command);
/** Between the two clocks lies the time that the test itself takes. */
const aboutThreeHours = (offset: number | undefined) => Math.abs((offset ?? 0) - 3 * hour) < 60_000;

async function signedIn(server: StandIn, dataDir: string) {
  const opened = scratchDesk({ serverUrl: server.url, dataDir, clock: clockAt(atDesk) });
  await opened.desk.call('signIn', credentials);
  return opened;
}

test('a pushed command says how far the desk’s clock is off, and what the desk keeps of it does not', async () => {
  const server = await scratchServer();
  server.script.clock = atServer;
  const { desk } = await signedIn(server, await scratchFolder());
  const typed = aBook();
  await desk.call('send', typed);
  const [push] = server.pushes;
  expect(aboutThreeHours(offsetOf(push?.command))).toBe(true);
  expect(push).toMatchObject({ command: typed.command });
});

test('a server that says nothing of its clock gets a command without an offset', async () => {
  const server = await scratchServer();
  const { desk } = await signedIn(server, await scratchFolder());
  await desk.call('send', aBook());
  expect(server.pushes).toHaveLength(1);
  expect(lastOffset(server)).toBeUndefined();
});

test('a command that was made offline after a new start says so too', async () => {
  const first = await scratchServer();
  first.script.clock = atServer;
  const dataDir = await scratchFolder();
  const before = await signedIn(first, dataDir);
  await before.desk.close();
  await first.close();

  const { desk, events } = scratchDesk({ serverUrl: first.url, dataDir, clock: clockAt(atDesk) });
  await expect.poll(() => connectionsIn(events)).toContain('offline');
  expect(await desk.call('send', aBook())).toMatchObject({ value: { kind: 'waiting' } });
  const second = await scratchServer(first.port);
  second.script.session = first.script.session;
  await expect.poll(() => second.pushes.length).toBe(1);
  expect(aboutThreeHours(lastOffset(second))).toBe(true);
});

test('a command keeps the offset as of when it was made, also where the PC’s clock is put right before it is sent', async () => {
  const first = await scratchServer();
  first.script.clock = atServer;
  let shown = atDesk;
  const clock = { instant: () => shown, monotonicMs: () => performance.now() };
  const { desk, events } = scratchDesk({ serverUrl: first.url, dataDir: await scratchFolder(), clock });
  await desk.call('signIn', credentials);
  await first.close();
  await expect.poll(() => connectionsIn(events)).toContain('offline');
  const early = aBook();
  expect(await desk.call('send', early)).toMatchObject({ value: { kind: 'waiting' } });

  shown = atServer;
  const second = await scratchServer(first.port);
  second.script.session = first.script.session;
  second.script.clock = atServer;
  await expect.poll(() => second.pushes.length).toBe(1);
  expect(aboutThreeHours(lastOffset(second))).toBe(true);
  await desk.call('send', aBook());
  await expect.poll(() => second.pushes.length).toBe(2);
  expect(Math.abs(lastOffset(second) ?? hour)).toBeLessThan(60_000);
});

// A restored server has lost the verdict, and decides the command that is sent to be explained as if it came for the first time.
test('a command that is sent once more to be explained says it as well', async () => {
  const server = await scratchServer();
  server.script.clock = atServer;
  const { desk } = await signedIn(server, await scratchFolder());
  server.script.decide = () => refusedWith(aProblem('refused', { reason: 'in-the-past' }));
  const typed = aBook();
  expect(await desk.call('send', typed)).toMatchObject({ value: { kind: 'refused' } });
  const { commandId } = typed.command;
  expect(await desk.call('explainRefusal', { commandId })).toMatchObject({ value: { kind: 'refused' } });
  expect(server.pushes).toHaveLength(2);
  expect(aboutThreeHours(lastOffset(server))).toBe(true);
});
