import path from 'node:path';

import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';

import type { TypedCommand } from '../../../../core/commands/list.ts';
import type { Outcome } from '../../../../core/commands/outcome.ts';
import type { Decision } from '../../../../core/contract/desk/calls.ts';
import { openStore, type Store } from '../../../../db/sqlite/open-store.ts';
import { openSignals } from '../../../../electron/desk/events/signals.ts';
import { makeKey } from '../../../../electron/desk/keys/key-keeper.ts';
import type { Reply } from '../../../../electron/desk/line/reply.ts';
import { loadUndecided, markConfirmed, writeCommand } from '../../../../electron/desk/store/outbox.ts';
import type { Sender } from '../../../../electron/desk/store/ready-commands.ts';
import { openOutboxPusher } from '../../../../electron/desk/sync/push-outbox.ts';
import { aBook, aBookAfter, anArrival, aPerson, aRegister } from '../../builders.ts';
import { scratchFolder } from '../../scratch.ts';
import { aProblem } from '../../stand-in-server.ts';

const org = 'org-1';
const sender = { orgId: org, userId: aPerson().userId };
let store: Store;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  store = openStore(path.join(await scratchFolder(), 'desk.sqlite'), makeKey());
  onTestFinished(() => {
    store.client.close();
    vi.useRealTimers();
  });
});

function settle({ command: { commandId } }: TypedCommand, decision: Decision): Decision {
  markConfirmed(store, commandId, { decidedAt: '2026-11-23T08:00:00Z', epoch: null });
  return decision;
}

/** A pusher whose server answers as `reply` says. The test moves the time. */
function openPusher(
  reply: (typed: TypedCommand, count: number) => Reply<Outcome>,
  whose: () => Sender | null = () => sender,
) {
  const pushed: string[] = [];
  const decided: [string, Decision][] = [];
  const pusher = openOutboxPusher({
    store,
    signals: openSignals(),
    sender: whose,
    push: async (typed) => {
      pushed.push(typed.command.commandId);
      return reply(typed, pushed.length);
    },
    settle: (typed, decision) => {
      settle(typed, decision);
      decided.push([typed.command.commandId, decision]);
      return decision;
    },
    backOff: { firstMs: 1_000, maxMs: 8_000 },
    random: () => 1,
  });
  onTestFinished(() => pusher.close());
  return { pusher, pushed, decided };
}

function send(pusher: ReturnType<typeof openPusher>['pusher'], typed: TypedCommand) {
  writeCommand(store, org, typed);
  return pusher.decisionOn(typed.command.commandId);
}

const done = (typed: TypedCommand): Reply<Outcome> => ({
  kind: 'answer',
  value: { commandId: typed.command.commandId, appointment: null },
});
const refused = (code: 'busy' | 'internal', retryAfterMs: number | null = null): Reply<Outcome> => ({
  kind: 'problem',
  problem: aProblem(code),
  retryAfterMs,
});

test('a busy server is asked again at the time that it named, not before', async () => {
  const { pusher, pushed, decided } = openPusher((typed, count) =>
    count === 1 ? refused('busy', 7_000) : done(typed),
  );
  expect(await send(pusher, aBook())).toEqual({ kind: 'waiting' });
  await vi.advanceTimersByTimeAsync(6_999);
  expect(pushed).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(pushed).toHaveLength(2);
  expect(decided).toHaveLength(1);
});

test('while the server is silent the waits double up to the limit, and an answer makes them short again', async () => {
  let silent = true;
  const { pusher, pushed } = openPusher((typed) => (silent ? { kind: 'unreachable' } : done(typed)));
  await send(pusher, aBook());
  for (const [wait, count] of [
    [1_000, 2],
    [2_000, 3],
    [4_000, 4],
    [8_000, 5],
    [8_000, 6],
  ] as const) {
    await vi.advanceTimersByTimeAsync(wait - 1);
    expect(pushed).toHaveLength(count - 1);
    await vi.advanceTimersByTimeAsync(1);
    expect(pushed).toHaveLength(count);
  }
  silent = false;
  await vi.advanceTimersByTimeAsync(8_000);
  expect(pushed).toHaveLength(7);
  silent = true;
  await send(pusher, aBook());
  await vi.advanceTimersByTimeAsync(1_000);
  expect(pushed).toHaveLength(9);
});

test('a command that comes during a pause waits behind those before it', async () => {
  const { pusher, pushed } = openPusher((typed, count) => (count === 1 ? { kind: 'unreachable' } : done(typed)));
  // The ids are in the order of making; the outbox is in the order of sending.
  const second = aBook();
  const first = aBook();
  await send(pusher, first);
  expect(await send(pusher, second)).toEqual({ kind: 'waiting' });
  expect(pushed).toEqual([first.command.commandId]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(pushed.slice(1)).toEqual([first.command.commandId, second.command.commandId]);
});

test('a command over which the server stumbles holds up its own appointment alone', async () => {
  const bad = aBook();
  const after = anArrival(bad.command.body.appointmentId);
  const other = aBook();
  const isBad = (typed: TypedCommand) => typed.command.commandId === bad.command.commandId;
  const { pusher, pushed } = openPusher((typed, count) =>
    isBad(typed) && count === 1 ? refused('internal') : done(typed),
  );
  const decisions = [bad, after, other].map((typed) => send(pusher, typed));
  expect((await Promise.all(decisions)).map(({ kind }) => kind)).toEqual(['waiting', 'waiting', 'done']);
  expect(pushed).toEqual([bad, other].map((typed) => typed.command.commandId));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(pushed.slice(2)).toEqual([bad, after].map((typed) => typed.command.commandId));
});

test('a command over which the server stumbles five times comes to a person, and its lane goes on', async () => {
  const bad = aBook();
  const after = anArrival(bad.command.body.appointmentId);
  const isBad = (typed: TypedCommand) => typed.command.commandId === bad.command.commandId;
  const { pusher, pushed, decided } = openPusher((typed) => (isBad(typed) ? refused('internal') : done(typed)));
  await Promise.all([bad, after].map((typed) => send(pusher, typed)));
  for (const [n, wait] of [1_000, 2_000, 4_000, 8_000].entries()) {
    expect(pushed).toHaveLength(n + 1);
    expect(decided).toEqual([]);
    await vi.advanceTimersByTimeAsync(wait);
  }
  expect(decided).toMatchObject([
    [bad.command.commandId, { kind: 'refused', problem: { code: 'internal' } }],
    [after.command.commandId, { kind: 'done' }],
  ]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(pushed).toHaveLength(6);
});

describe('a booking of a patient whose registration waits', () => {
  const register = aRegister();
  const book = aBookAfter(register);
  const arrive = anArrival(book.command.body.appointmentId);
  const other = aBook();
  const idsOf = (...list: readonly TypedCommand[]) => list.map((typed) => typed.command.commandId);
  const isRegister = (typed: TypedCommand) => typed.type === 'register-patient';

  test('goes out after the registration, the later commands on the visit after the booking, and other commands do not wait', async () => {
    const { pusher, pushed } = openPusher((typed, count) =>
      isRegister(typed) && count === 1 ? refused('internal') : done(typed),
    );
    const decisions = [register, book, arrive, other].map((typed) => send(pusher, typed));
    expect((await Promise.all(decisions)).map(({ kind }) => kind)).toEqual(['waiting', 'waiting', 'waiting', 'done']);
    expect(pushed).toEqual(idsOf(register, other));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(pushed.slice(2)).toEqual(idsOf(register, book, arrive));
  });

  test('goes out once the registration was refused, and the server decides it', async () => {
    const { pusher, decided } = openPusher((typed) => ({
      kind: 'problem',
      problem: aProblem('refused', { reason: isRegister(typed) ? 'birth-date' : 'parent-refused' }),
      retryAfterMs: null,
    }));
    await Promise.all([register, book].map((typed) => send(pusher, typed)));
    expect(decided.map(([commandId, { kind }]) => [commandId, kind])).toEqual(
      idsOf(register, book).map((commandId) => [commandId, 'refused']),
    );
    expect(loadUndecided(store, org)).toHaveLength(0);
  });

  test('waits for the person who registered the patient, also when another person books', async () => {
    const colleague = { orgId: org, userId: 'a colleague' };
    let signedIn: Sender = colleague;
    const { pusher, pushed } = openPusher(done, () => signedIn);
    const booked = { ...book, command: { ...book.command, actorId: colleague.userId } };
    writeCommand(store, org, register);
    expect(await send(pusher, booked)).toEqual({ kind: 'waiting' });
    expect(pushed).toEqual([]);
    signedIn = sender;
    pusher.retryNow();
    await vi.advanceTimersByTimeAsync(0);
    signedIn = colleague;
    pusher.retryNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(pushed).toEqual(idsOf(register, booked));
  });
});

test('when the server is back nothing waits for its timer', async () => {
  let silent = true;
  const { pusher, decided } = openPusher((typed) => (silent ? { kind: 'unreachable' } : done(typed)));
  await send(pusher, aBook());
  silent = false;
  pusher.retryNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(decided).toHaveLength(1);
});

test('only the commands of the person who is signed in are pushed', async () => {
  let signedIn: Sender | null = null;
  const { pusher, pushed } = openPusher(done, () => signedIn);
  const typed = aBook();
  expect(await send(pusher, typed)).toEqual({ kind: 'waiting' });
  signedIn = { ...sender, orgId: 'org-2' };
  pusher.retryNow();
  await vi.advanceTimersByTimeAsync(0);
  signedIn = { ...sender, userId: 'somebody-else' };
  pusher.retryNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(pushed).toEqual([]);
  signedIn = sender;
  pusher.retryNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(pushed).toEqual([typed.command.commandId]);
});

test.each([
  ['without an answer keeps the command, and leaves no timer', { kind: 'unreachable' } as const, 1],
  ['and gets an answer still writes it down', null, 0],
])('a desk that closes %s', async (_title, cutOff, left) => {
  const typed = aBook();
  const answer = Promise.withResolvers<Reply<Outcome>>();
  const pusher = openOutboxPusher({
    store,
    signals: openSignals(),
    sender: () => sender,
    push: () => answer.promise,
    settle,
    backOff: { firstMs: 1_000, maxMs: 8_000 },
    random: () => 1,
  });
  const decision = send(pusher, typed);
  const closed = pusher.close();
  answer.resolve(cutOff ?? done(typed));
  await closed;
  expect((await decision).kind).toBe(cutOff ? 'waiting' : 'done');
  expect(loadUndecided(store, org)).toHaveLength(left);
  expect(vi.getTimerCount()).toBe(0);
});

test('the call that waits hears of a store that fails, and the command is tried again', async () => {
  const { pusher, pushed, decided } = openPusher(done);
  const typed = aBook();
  writeCommand(store, org, typed);
  store.client.exec(
    "create trigger full before update on outbox when new.state = 'confirmed' begin select raise(abort, 'disk full'); end",
  );
  await expect(pusher.decisionOn(typed.command.commandId)).rejects.toThrow('disk full');
  store.client.exec('drop trigger full');
  await vi.advanceTimersByTimeAsync(8_000);
  expect(pushed).toEqual([typed.command.commandId, typed.command.commandId]);
  expect(decided).toHaveLength(1);
});
