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
  /** The people whose commands may be pushed now. Null: no commands. */
  readonly sender: () => Sender | null;
  /** Whether the server answers; `online` tells when it does again. A command that was not pushed can still be taken back. */
  readonly isReachable?: () => boolean;
  readonly push: (typed: TypedCommand) => Promise<Reply<Outcome>>;
  /** Keeps a decision and tells it. Returns the decision for the call that waits. */
  readonly settle: (typed: TypedCommand, decision: Decision) => Decision | Promise<Decision>;
  /** Called when commands were marked as sent. They are pushed when this has resolved. */
  readonly onSent?: () => void | Promise<void>;
  /** The store failed (a full disk, for example). The pusher tries again later. */
  readonly onFailure?: (error: unknown) => void;
  readonly backOff: BackOff;
  readonly random: () => number;
  readonly timers?: DeskTimers;
  /** The number of commands, each of another lane, that are under way at once. */
  readonly parallel?: number;
}

export interface OutboxPusher {
  /**
   * Resolves when a command of the outbox is decided, or with `waiting` when it is clear that the command has to wait. Rejects
   * where the store fails.
   */
  decisionOn(commandId: string): Promise<Decision>;
  /** Whether the command was pushed and is not answered yet. */
  isUnderWay(commandId: string): boolean;
  /** Ends every pause, and pushes what waits. */
  retryNow(): void;
  /** Gives a decision that was found otherwise to the calls that wait for this command. */
  resolve(commandId: string, decision: Decision): void;
  close(): Promise<void>;
}

/**
 * After hours offline, two are as fast as three where server and page share their cores, and two leave the page more of
 * them.
 */
const defaultParallel = 2;

/** After this many stumbles in a row over one command, the desk puts the command into the tray. */
const maxStumbles = 5;

/**
 * Pushes the outbox. Commands of one lane go one after the other, a command goes after its parent and after the commands that
 * free its slots, and all others go side by side. A command over which the server stumbles holds up only its own lane and the
 * commands that wait for it. The pusher pushes at once when the server is back, the identity changed, the server has another
 * history, or the PC woke.
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
    // After a silence, one command finds out whether the server is there.
    const room = (pauses > 0 ? 1 : parallel) - underWay.size;
    const ready =
      from && room > 0
        ? loadReady(store, from, { limit: room, underWay, isSetAside: (lane) => lanesSetAside.has(lane) })
        : [];
    if (ready.length === 0) {
      // A command that is not under way waits in a lane set aside, for the end of a pause, or for a sign-in.
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
    // Closing cuts off what is under way: a command without a verdict is pushed again at the next start.
    if (closed && result.kind !== 'decided') return;
    const decide = async (decision: Decision) => {
      pauses = 0;
      lanesSetAside.decided(lane);
      waiters.resolve(commandId, await settle(typed, decision));
    };
    switch (result.kind) {
      case 'decided':
        return decide(result.decision);
      case 'pause':
        pauseFor(result.afterMs ?? backOffMs(backOff, pauses, random()));
        break;
      case 'signed-out':
        // The next sign-in ends the pause; until then there is no sender. Without the pause a session that is kept would spin.
        pauseFor(backOff.maxMs);
        break;
      case 'set-aside':
        // The tray shows the command and the server's problem, and a person deals with it.
        if (lanesSetAside.add(lane) >= maxStumbles && result.problem) {
          return decide({ kind: 'refused', problem: result.problem });
        }
        waiters.letGo((_commandId, itsLane) => itsLane === lane);
    }
    waiters.resolve(commandId, { kind: 'waiting' });
  }

  /** Several pushes can end in one silence: the first begins the pause. */
  function pauseFor(milliseconds: number): void {
    if (endPause) return;
    pauses += 1;
    endPause = timers.after(milliseconds, () => {
      endPause = null;
      kick();
    });
  }

  /** The store failed: the calls that wait are told, and the outbox is tried again later. */
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
