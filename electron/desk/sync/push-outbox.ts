import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Outcome } from '../../../core/commands/outcome.ts';
import type { Decision } from '../../../core/contract/desk/calls.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { backOffMs, type BackOff } from '../environment/back-off.ts';
import { defaultTimers, type DeskTimers } from '../environment/timers.ts';
import type { Signals } from '../events/signals.ts';
import type { Reply } from '../line/reply.ts';
import { markSent } from '../store/outbox.ts';
import { loadLane, loadReady, type Ready, type Sender } from '../store/ready-commands.ts';
import { decidePush } from './decide-push.ts';
import { openDecisionWaiters } from './decision-waiters.ts';
import { openLanesSetAside } from './lanes-set-aside.ts';

export interface OutboxPusherOptions {
  readonly store: Store;
  readonly signals: Signals;
  /** Whose commands may be pushed now; null: nobody's. */
  readonly sender: () => Sender | null;
  /** Whether a push has a chance; `online` tells when it has one again. What is not pushed can be taken back. */
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
    signals,
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
  const waiters = openDecisionWaiters();
  const underWay = new Map<string, Promise<void>>();
  const lanesSetAside = openLanesSetAside({ backOff, random, timers, onReady: kick });
  let endPause: (() => void) | null = null;
  let pauses = 0;
  let closed = false;

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
      // What is not under way stands in a lane set aside, behind a pause, or before a sign-in.
      if (underWay.size === 0 || from === null) waiters.letGo((commandId) => !underWay.has(commandId));
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
        lanesSetAside.decided(lane);
        waiters.resolve(commandId, await settle(typed, result.decision));
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
        lanesSetAside.add(lane);
        waiters.letGo((_commandId, itsLane) => itsLane === lane);
    }
    waiters.resolve(commandId, { kind: 'waiting' });
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
    waiters.rejectAll(error);
    onFailure?.(error);
    if (!closed) pauseFor(backOff.maxMs);
  }

  function retryNow(): void {
    endPause?.();
    endPause = null;
    pauses = 0;
    lanesSetAside.clear();
    kick();
  }

  for (const name of ['online', 'following', 'other-history', 'woke'] as const) signals.on(name, retryNow);
  signals.on('decided', waiters.resolve);

  return {
    retryNow,
    isUnderWay: (commandId) => underWay.has(commandId),
    resolve: waiters.resolve,
    decisionOn(commandId) {
      const known = waiters.promiseOf(commandId);
      if (known) return known;
      const decision = waiters.add(commandId, loadLane(store, commandId));
      kick();
      return decision;
    },
    async close() {
      closed = true;
      endPause?.();
      lanesSetAside.clear();
      await Promise.allSettled(underWay.values());
      waiters.letGo(() => true);
    },
  };
}
