import type { Changes } from '../../../core/contract/calendar.ts';
import type { Reply } from '../server/reply.ts';
import { usualTimers, type DeskTimers } from '../timers.ts';
import { backOffMs, type BackOff } from './back-off.ts';

export interface ChangePullerOptions {
  readonly loadCursor: () => string;
  readonly pull: (cursor: string) => Promise<Reply<Changes>>;
  /** Takes an answer in; `from` is the cursor with which it was asked. False: it is to be forgotten, and asked anew. */
  readonly take: (from: string, changes: Changes, isLast: boolean) => boolean | Promise<boolean>;
  /** The server answered with something else than changes. */
  readonly onRefused: (reply: Exclude<Reply<Changes>, { kind: 'answer' }>) => void;
  /** The store failed (a full disk): the feed is read on at the next pull. */
  readonly onFailure: (error: unknown) => void;
  /** How soon to ask again while rows are withheld. */
  readonly withheldBackOff: BackOff;
  readonly random: () => number;
  readonly timers?: DeskTimers;
}

export interface ChangePuller {
  /** Asks for what is new. While a pull is under way, one more follows it. Says whether the server answered. */
  pull(): Promise<boolean>;
  /** Asks no more, and waits for the answer that is being taken in. */
  close(): Promise<unknown>;
}

/** The server may cut a long answer short: after one of this length there may be more. */
const longAnswer = 100;

/**
 * Reads the change feed from the cursor that is kept. Without one it asks with an empty cursor, which the server answers
 * with `reset`: read everything anew.
 */
export function openChangePuller(options: ChangePullerOptions): ChangePuller {
  const { loadCursor, take, onRefused, withheldBackOff, random, timers = usualTimers } = options;
  let running: Promise<boolean> | null = null;
  let again = false;
  let cancelWithheld: (() => void) | null = null;
  let timesWithheld = 0;
  let closed = false;

  const mustGoOn = () => again && !closed;

  async function pullUntilCaughtUp(): Promise<boolean> {
    let answered = true;
    // A failure ends this round alone: what was not kept is asked for again.
    try {
      while (mustGoOn()) {
        again = false;
        const from = loadCursor();
        const reply = await options.pull(from);
        if (closed) break;
        answered = reply.kind === 'answer' || reply.kind === 'problem';
        if (reply.kind === 'answer') await takeIn(from, reply.value);
        else onRefused(reply);
      }
    } catch (error) {
      options.onFailure(error);
    }
    // In the same turn as the last look at `again`: a pull cannot fall between.
    running = null;
    return answered;
  }

  async function takeIn(from: string, changes: Changes): Promise<void> {
    const isLast = changes.changes.length < longAnswer;
    const taken = await take(from, changes, isLast);
    if (!taken || !isLast) again = true;
    // After a feed that begins anew comes what was written since.
    const isMore = changes.withheld || changes.reset;
    timesWithheld = isMore ? timesWithheld + 1 : 0;
    if (isMore) {
      cancelWithheld ??= timers.after(backOffMs(withheldBackOff, timesWithheld - 1, random()), () => {
        cancelWithheld = null;
        void pull();
      });
    }
  }

  function pull(): Promise<boolean> {
    again = true;
    running ??= pullUntilCaughtUp();
    return running;
  }

  return {
    pull,
    close() {
      closed = true;
      cancelWithheld?.();
      return Promise.resolve(running);
    },
  };
}
