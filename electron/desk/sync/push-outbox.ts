import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Outcome } from '../../../core/commands/outcome.ts';
import type { Decision } from '../../../core/contract/desk/calls.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { backOffMs, type BackOff } from '../environment/back-off.ts';
import { defaultTimers, type DeskTimers } from '../environment/timers.ts';
import type { Reply } from '../line/reply.ts';
import { markSent } from '../store/outbox.ts';
import { loadLane, loadReady, type Ready, type Sender } from '../store/ready-commands.ts';
import { decidePush } from './decide-push.ts';

export interface OutboxPusherOptions {
  readonly store: Store;
  /** Whose commands may be pushed now; null: nobody's. */
  readonly sender: () => Sender | null;
  /** Whether a push has a chance; when it has one again, `retryNow` is called. What is not pushed can be taken back. */
  readonly isReachable?: () => boolean;
  readonly push: (typed: TypedCommand) => Promise<Reply<Outcome>>;
  /** Keeps a verdict and tells it; returns it as who waits for it should hear it. */
  readonly settle: (typed: TypedCommand, decision: Decision) => Decision | Promise<Decision>;
  /** Commands were marked as sent; they go out when this is done. */
  readonly onSent?: () => void | Promise<void>;
  /** The store failed (a full disk); what stands in the outbox is tried again later. */
  readonly onFailure?: (error: unknown) => void;
  readonly backOff: BackOff;
  readonly random: () => number;
  readonly timers?: DeskTimers;
  /** How many commands of different lanes are under way at once. */
  readonly parallel?: number;
}

export interface OutboxPusher {
  /** Waits until a command that stands in the outbox is decided, or it is clear that it has to wait. */
  decisionOn(commandId: string): Promise<Decision>;
  /** Whether the command is on its way just now. */
  isUnderWay(commandId: string): boolean;
  /** Goes on now with everything that waits. */
  retryNow(): void;
  /** Whoever waits for this command hears a decision that was found otherwise. */
  resolve(commandId: string, decision: Decision): void;
  close(): Promise<void>;
}

interface Waiter {
  readonly lane: string | null;
  readonly promise: Promise<Decision>;
  readonly resolve: (decision: Decision) => void;
  readonly reject: (reason: unknown) => void;
}

/** After hours offline two are as fast as three, where server and page share their cores, and leave the page more of them. */
const defaultParallel = 2;

/**
 * Pushes the outbox: commands of one lane one after the other, a command after its parent and after what frees its slots,
 * all others side by side. A command over which the server stumbles holds up only its own lane, and what comes after it
 * by its precondition.
 */
export function openOutboxPusher(options: OutboxPusherOptions): OutboxPusher {
  const {
    store,
    sender,
    isReachable = () => true,
    push,
    settle,
    onSent,
    onFailure,
    backOff,
    random,
    timers = defaultTimers,
    parallel = defaultParallel,
  } = options;
  const waiters = new Map<string, Waiter>();
  const underWay = new Map<string, Promise<void>>();
  /** With what ends it before its time. */
  const lanesSetAside = new Map<string, () => void>();
  const stumbles = new Map<string, number>();
  let endPause: (() => void) | null = null;
  let pauses = 0;
  let closed = false;

  function resolveWaiter(commandId: string, decision: Decision): void {
    waiters.get(commandId)?.resolve(decision);
    waiters.delete(commandId);
  }

  /** Whoever still waits stands in a lane set aside, behind a pause, or before a sign-in. */
  function leaveWaiting(): void {
    for (const commandId of waiters.keys()) if (!underWay.has(commandId)) resolveWaiter(commandId, { kind: 'waiting' });
  }

  function kick(): void {
    if (closed) return;
    try {
      pump();
    } catch (error) {
      fail(error);
    }
  }

  function pump(): void {
    const from = endPause || !isReachable() ? null : sender();
    // After a silence one command finds out whether somebody is there.
    const room = (pauses > 0 ? 1 : parallel) - underWay.size;
    const ready =
      from && room > 0
        ? loadReady(store, from, { limit: room, underWay, isSetAside: (lane) => lanesSetAside.has(lane) })
        : [];
    if (ready.length === 0) {
      if (underWay.size === 0 || from === null) leaveWaiting();
      return;
    }
    markSent(
      store,
      ready.filter(({ state }) => state === 'saved').map(({ typed }) => typed.command.commandId),
    );
    const sent = onSent?.();
    for (const next of ready) underWay.set(next.typed.command.commandId, carry(next, sent));
  }

  async function carry(next: Ready, sent: void | Promise<void>): Promise<void> {
    const { commandId } = next.typed.command;
    try {
      await sent;
      const reply = await push(next.typed);
      await take(next, reply);
    } catch (error) {
      fail(error);
    } finally {
      underWay.delete(commandId);
      kick();
    }
  }

  async function take({ typed, lane }: Ready, reply: Reply<Outcome>): Promise<void> {
    const { commandId } = typed.command;
    const result = decidePush(reply);
    // Closing cuts off what is under way: without a verdict it is pushed again at the next start.
    if (closed && result.kind !== 'decided') return;
    switch (result.kind) {
      case 'decided': {
        pauses = 0;
        stumbles.delete(lane);
        resolveWaiter(commandId, await settle(typed, result.decision));
        return;
      }
      case 'pause':
        pauseFor(result.afterMs ?? backOffMs(backOff, pauses, random()));
        break;
      case 'signed-out':
        // The next sign-in goes on; until then there is no sender. A pause keeps a session that is still there from spinning.
        pauseFor(backOff.maxMs);
        break;
      case 'set-aside':
        setAside(lane);
    }
    resolveWaiter(commandId, { kind: 'waiting' });
  }

  function setAside(lane: string): void {
    const count = stumbles.get(lane) ?? 0;
    stumbles.set(lane, count + 1);
    const wait = backOffMs(backOff, count, random());
    const cancel = timers.after(wait, () => (lanesSetAside.delete(lane), kick()));
    lanesSetAside.set(lane, cancel);
    for (const [commandId, waiter] of waiters) if (waiter.lane === lane) resolveWaiter(commandId, { kind: 'waiting' });
  }

  /** Of several that end in one silence, the first counts. */
  function pauseFor(milliseconds: number): void {
    if (endPause) return;
    pauses += 1;
    endPause = timers.after(milliseconds, () => {
      endPause = null;
      kick();
    });
  }

  /** The store failed (a full disk): who waits is told, and what stands in the outbox is tried again later. */
  function fail(error: unknown): void {
    for (const waiter of waiters.values()) waiter.reject(error);
    waiters.clear();
    onFailure?.(error);
    if (!closed) pauseFor(backOff.maxMs);
  }

  function retryNow(): void {
    endPause?.();
    endPause = null;
    pauses = 0;
    for (const cancel of lanesSetAside.values()) cancel();
    lanesSetAside.clear();
    kick();
  }

  return {
    retryNow,
    isUnderWay: (commandId) => underWay.has(commandId),
    resolve: resolveWaiter,
    decisionOn(commandId) {
      const known = waiters.get(commandId);
      if (known) return known.promise;
      const lane = loadLane(store, commandId);
      const waiter = { lane, ...Promise.withResolvers<Decision>() };
      waiters.set(commandId, waiter);
      kick();
      return waiter.promise;
    },
    async close() {
      closed = true;
      endPause?.();
      for (const cancel of lanesSetAside.values()) cancel();
      await Promise.allSettled(underWay.values());
      for (const commandId of waiters.keys()) resolveWaiter(commandId, { kind: 'waiting' });
    },
  };
}
