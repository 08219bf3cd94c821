import type { TypedCommand } from '../../../core/contract/commands/list.ts';
import type { Outcome } from '../../../core/contract/commands/outcome.ts';
import type { Decision } from '../../../core/contract/desk/calls.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { Reply } from '../server/reply.ts';
import { loadNextCommand, removeCommand, type Sender, type UndecidedCommand } from '../store/outbox.ts';
import { backOffMs, type BackOff } from './back-off.ts';
import { decidePush } from './decide-push.ts';

export interface OutboxPusherOptions {
  readonly store: Store;
  /** Whose commands may be pushed now; null: nobody is signed in. */
  readonly sender: () => Sender | null;
  readonly push: (typed: TypedCommand) => Promise<Reply<Outcome>>;
  readonly onDecided: (typed: TypedCommand, decision: Decision) => void;
  readonly backOff: BackOff;
  readonly random: () => number;
}

export interface OutboxPusher {
  /** Waits until a command that stands in the outbox is decided, or it is clear that it has to wait. */
  decisionOn(commandId: string): Promise<Decision>;
  /** Goes on now with everything that waits. */
  retryNow(): void;
  close(): Promise<void>;
}

interface Waiter {
  readonly promise: Promise<Decision>;
  readonly resolve: (decision: Decision) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Pushes the outbox in order, one command at a time: what a person did first reaches the server first, also when the
 * one frees the slot that the other takes. A command over which the server stumbles holds up only its own lane, and what
 * comes after it by its precondition.
 */
export function openOutboxPusher({
  store,
  sender,
  push,
  onDecided,
  backOff,
  random,
}: OutboxPusherOptions): OutboxPusher {
  const waiters = new Map<string, Waiter>();
  const lanesSetAside = new Map<string, NodeJS.Timeout>();
  const stumbles = new Map<string, number>();
  let pause: NodeJS.Timeout | null = null;
  let pauses = 0;
  let draining: Promise<void> | null = null;
  let again = false;
  let closed = false;

  const mayPush = () => !closed && !pause;
  const leaveWaiting = () => {
    for (const waiter of waiters.values()) waiter.resolve({ kind: 'waiting' });
    waiters.clear();
  };

  async function drain(): Promise<void> {
    while (mayPush()) {
      const from = sender();
      const next = from && loadNextCommand(store, from, [...lanesSetAside.keys()]);
      if (!next) break;
      settle(next, await push(next.typed));
    }
    // Whoever still waits stands in a lane set aside, behind a pause, or before a sign-in.
    leaveWaiting();
  }

  function settle({ typed, lane }: UndecidedCommand, reply: Reply<Outcome>): void {
    const result = decidePush(reply);
    // Closing cuts off what is under way: without a verdict it is pushed again at the next start.
    if (closed && result.kind !== 'decided') return;
    switch (result.kind) {
      case 'decided': {
        pauses = 0;
        stumbles.delete(lane);
        removeCommand(store, typed.command.commandId);
        onDecided(typed, result.decision);
        waiters.get(typed.command.commandId)?.resolve(result.decision);
        waiters.delete(typed.command.commandId);
        return;
      }
      case 'pause':
        pauseFor(result.afterMs ?? backOffMs(backOff, pauses, random()));
        pauses += 1;
        return;
      case 'signed-out':
        // The next sign-in goes on; until then there is no sender. A pause keeps a session that is still there from spinning.
        pauseFor(backOff.mostMs);
        return;
      case 'set-aside': {
        const count = stumbles.get(lane) ?? 0;
        stumbles.set(lane, count + 1);
        const wait = backOffMs(backOff, count, random());
        lanesSetAside.set(
          lane,
          setTimeout(() => (lanesSetAside.delete(lane), kick()), wait),
        );
      }
    }
  }

  function pauseFor(milliseconds: number): void {
    pause = setTimeout(() => {
      pause = null;
      kick();
    }, milliseconds);
  }

  function kick(): void {
    again = true;
    draining ??= drainUntilQuiet();
  }

  async function drainUntilQuiet(): Promise<void> {
    while (again) {
      again = false;
      try {
        await drain();
      } catch (error) {
        // The store failed (a full disk): who waits is told, and what stands in the outbox is tried again later.
        for (const waiter of waiters.values()) waiter.reject(error);
        waiters.clear();
        if (!closed) pauseFor(backOff.mostMs);
      }
    }
    // In the same turn as the last look at `again`: a kick cannot fall between.
    draining = null;
  }

  return {
    decisionOn(commandId) {
      const known = waiters.get(commandId);
      if (known) return known.promise;
      const waiter = Promise.withResolvers<Decision>();
      waiters.set(commandId, waiter);
      kick();
      return waiter.promise;
    },
    retryNow() {
      if (pause) clearTimeout(pause);
      pause = null;
      for (const timer of lanesSetAside.values()) clearTimeout(timer);
      lanesSetAside.clear();
      kick();
    },
    async close() {
      closed = true;
      if (pause) clearTimeout(pause);
      for (const timer of lanesSetAside.values()) clearTimeout(timer);
      await draining;
      leaveWaiting();
    },
  };
}
