import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import type { TypedCommand } from '../../../../core/commands/list.ts';
import { openEncrypted } from '../../../../db/sqlite/open-store.ts';
import { keyFile } from '../../../../electron/browser/key-file.ts';
import { aBook, anArrival, aSession } from '../../builders.ts';
import { connectionsIn, credentials, scratchDesk, scratchFolder, scratchServer } from '../../scratch.ts';
import { aProblem, refusedWith, type StandIn } from '../../stand-in-server.ts';

function outboxIn(dataDir: string): string[] {
  const reader = openEncrypted(path.join(dataDir, 'desk.sqlite'), keyFile.loadKey(dataDir));
  try {
    return reader
      .prepare("select command_id from outbox where state in ('saved', 'sent') order by position")
      .pluck()
      .all() as string[];
  } finally {
    reader.close();
  }
}

/** A folder in which a person signed in and the desk was stopped. */
async function signedInFolder(server: StandIn): Promise<string> {
  const dataDir = await scratchFolder();
  const { desk } = scratchDesk({ serverUrl: server.url, dataDir });
  await desk.call('signIn', credentials);
  await desk.close();
  return dataDir;
}

async function killedWhile(point: 'stored' | 'answered', server: StandIn, dataDir: string, typed: TypedCommand) {
  const script = fileURLToPath(new URL('../killed-desk.ts', import.meta.url));
  const child = spawn(process.execPath, [script, server.url, dataDir, point, JSON.stringify(typed)], {
    stdio: 'inherit',
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

test('a command is on the disk before the server hears of it', async () => {
  const server = await scratchServer();
  const dataDir = await scratchFolder();
  const seen: unknown[] = [];
  const { desk } = scratchDesk({
    serverUrl: server.url,
    dataDir,
    hooks: { stored: () => void seen.push({ onDisk: outboxIn(dataDir), pushed: server.pushes.length }) },
  });
  await desk.call('signIn', credentials);
  const typed = aBook();
  await desk.call('send', typed);
  expect(seen).toEqual([{ onDisk: [typed.command.commandId], pushed: 0 }]);
  expect(server.pushes).toMatchObject([{ type: 'book', command: typed.command }]);
});

test('a desk that was killed before it pushed pushes at its next start', async () => {
  const server = await scratchServer();
  const dataDir = await signedInFolder(server);
  const typed = aBook();
  await killedWhile('stored', server, dataDir, typed);
  expect(server.pushes).toEqual([]);
  expect(outboxIn(dataDir)).toEqual([typed.command.commandId]);

  const { events } = scratchDesk({ serverUrl: server.url, dataDir });
  await expect.poll(() => outboxIn(dataDir)).toEqual([]);
  expect(server.pushes).toMatchObject([{ command: typed.command }]);
  await expect
    .poll(() => events)
    .toContainEqual(expect.objectContaining({ type: 'decided', commandId: typed.command.commandId }));
}, 30_000);

test('a desk that was killed before it read the answer sends the same command under the same id', async () => {
  const server = await scratchServer();
  const dataDir = await signedInFolder(server);
  const typed = aBook();
  await killedWhile('answered', server, dataDir, typed);
  expect(server.pushes).toHaveLength(1);

  scratchDesk({ serverUrl: server.url, dataDir });
  await expect.poll(() => outboxIn(dataDir)).toEqual([]);
  expect(server.pushes.map((push) => push.command)).toEqual([typed.command, typed.command]);
}, 30_000);

test('a decision is returned, told to every listener, and takes the command out of the outbox', async () => {
  const server = await scratchServer();
  const dataDir = await scratchFolder();
  const { desk, events } = scratchDesk({ serverUrl: server.url, dataDir });
  await desk.call('signIn', credentials);
  const done = aBook();
  const refused = aBook();
  const problem = aProblem('refused', { reason: 'not-offered' });
  server.script.decide = ({ commandId }) =>
    commandId === refused.command.commandId
      ? refusedWith(problem)
      : { status: 200, body: { commandId, appointment: null } };

  const outcome = { commandId: done.command.commandId, appointment: null };
  expect(await desk.call('send', done)).toEqual({ ok: true, value: { kind: 'done', outcome } });
  expect(await desk.call('send', refused)).toEqual({ ok: true, value: { kind: 'refused', problem } });
  expect(events.filter((event) => event.type === 'decided')).toMatchObject([
    { commandId: done.command.commandId, commandType: 'book', decision: { kind: 'done' } },
    { commandId: refused.command.commandId, commandType: 'book', decision: { kind: 'refused', problem } },
  ]);
  expect(outboxIn(dataDir)).toEqual([]);
});

test('without the server a command waits, and goes out in its order when the server is back', async () => {
  const first = await scratchServer();
  const dataDir = await scratchFolder();
  const { desk, events } = scratchDesk({ serverUrl: first.url, dataDir });
  await desk.call('signIn', credentials);
  await first.close();

  const book = aBook();
  const arrive = anArrival(book.command.body.appointmentId);
  const other = aBook();
  for (const typed of [book, arrive, other]) {
    expect(await desk.call('send', typed)).toEqual({ ok: true, value: { kind: 'waiting' } });
  }
  expect(connectionsIn(events)).toContain('offline');

  const second = await scratchServer(first.port);
  second.script.session = first.script.session;
  await expect.poll(() => outboxIn(dataDir)).toEqual([]);
  // Commands on one visit keep their order; another visit does not wait for them.
  const inOrder = [book, arrive].map((typed) => typed.command.commandId);
  const ofOther = other.command.commandId;
  const pushed = second.pushes.map((push) => push.commandId);
  const decided = events.flatMap((event) => (event.type === 'decided' ? event.commandId : []));
  for (const ids of [new Set(pushed), decided]) {
    expect([...ids].filter((commandId) => commandId !== ofOther)).toEqual(inOrder);
    expect(ids).toContain(ofOther);
  }
  expect(connectionsIn(events).at(-1)).toBe('online');
});

test('a session that the server forgot asks to sign in again, and the outbox is still there', async () => {
  const server = await scratchServer();
  const dataDir = await scratchFolder();
  const { desk, events } = scratchDesk({ serverUrl: server.url, dataDir });
  await desk.call('signIn', credentials);
  server.script.session = aSession();

  const typed = aBook();
  expect(await desk.call('send', typed)).toEqual({ ok: true, value: { kind: 'waiting' } });
  expect(events).toContainEqual({ type: 'everything-changed' });
  expect(await desk.call('describe', {})).toMatchObject({ ok: true, value: { person: null } });
  expect(await desk.call('send', aBook())).toMatchObject({ ok: false, problem: { code: 'unauthenticated' } });
  expect(outboxIn(dataDir)).toEqual([typed.command.commandId]);

  await desk.call('signIn', credentials);
  await expect.poll(() => outboxIn(dataDir)).toEqual([]);
  expect(server.pushes.at(-1)).toMatchObject({ token: server.script.session.token, command: typed.command });
});

test('a proxy that answers in the place of the server decides nothing', async () => {
  const server = await scratchServer();
  const dataDir = await scratchFolder();
  const { desk } = scratchDesk({ serverUrl: server.url, dataDir });
  await desk.call('signIn', credentials);
  let answers = 0;
  server.script.decide = ({ commandId }) => {
    answers += 1;
    if (answers === 1) return { status: 404, body: 'not here', headers: { 'content-type': 'text/html' } };
    if (answers === 2) return { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } };
    if (answers === 3) return { status: 200, body: { welcome: 'to our lounge' } };
    return { status: 200, body: { commandId, appointment: null } };
  };
  const typed = aBook();
  expect(await desk.call('send', typed)).toEqual({ ok: true, value: { kind: 'waiting' } });
  await expect.poll(() => outboxIn(dataDir)).toEqual([]);
  expect(server.pushes.map((push) => push.commandId)).toEqual(Array(4).fill(typed.command.commandId));
});

test('a command is refused at once whose id waits with another body', async () => {
  const server = await scratchServer();
  const { desk } = scratchDesk({ serverUrl: server.url, dataDir: await scratchFolder() });
  await desk.call('signIn', credentials);
  const answer = Promise.withResolvers<{ status: number; body: unknown }>();
  server.script.decide = () => answer.promise;
  const typed = aBook();
  const sent = desk.call('send', typed);
  const again = desk.call('send', typed);
  const other = { ...typed, command: { ...typed.command, body: aBook().command.body } };
  expect(await desk.call('send', other)).toMatchObject({ ok: false, problem: { code: 'command-reused' } });

  answer.resolve({ status: 200, body: { commandId: typed.command.commandId, appointment: null } });
  expect(await again).toEqual(await sent);
  expect(server.pushes).toHaveLength(1);
});

test('a command of another person is not sent in the name of the one who is signed in', async () => {
  const server = await scratchServer();
  const dataDir = await scratchFolder();
  const { desk } = scratchDesk({ serverUrl: server.url, dataDir });
  await desk.call('signIn', credentials);
  const typed = aBook();
  const foreign = { ...typed, command: { ...typed.command, actorId: typed.command.commandId } };
  expect(await desk.call('send', foreign)).toMatchObject({ ok: false, problem: { code: 'forbidden' } });
  expect([outboxIn(dataDir), server.pushes]).toEqual([[], []]);
});
