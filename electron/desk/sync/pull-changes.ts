import type { Changes, News } from '../../../core/calendar/calendar.ts';
import { backOffMs, type BackOff } from '../environment/back-off.ts';
import { defaultTimers, type DeskTimers } from '../environment/timers.ts';
import type { Reply } from '../line/reply.ts';

export interface ChangePullerOptions {
  readonly loadCursor: () => string;
  readonly pull: (cursor: string) => Promise<Reply<Changes>>;
  /**
   * Takes an answer in, or news that nobody had asked for; `from` is where they go on from. False: they are to be
   * forgotten, and asked for anew.
   */
  readonly take: (news: News, how: { readonly isLast: boolean; readonly wasAsked: boolean }) => Promise<boolean>;
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
  /** Takes in what came without asking, where it goes on from where the desk stands; else asks. */
  takeNews(news: News): void;
  /** Asks no more, and waits for the answer that is being taken in. */
  close(): Promise<unknown>;
}

/** The server may cut a long answer short: after one of this length there may be more. */
const longAnswer = 100;
/** While an answer is long in coming, no more news than this are kept: what is left out is asked for. */
const maxTold = 100;

/**
 * Reads the change feed from the cursor that is kept. Without one it asks with an empty cursor, which the server answers
 * with `reset`: read everything anew.
 */
export function openChangePuller(options: ChangePullerOptions): ChangePuller {
  const { loadCursor, take, onRefused, withheldBackOff, random, timers = defaultTimers } = options;
  let running: Promise<boolean> | null = null;
  let again = false;
  /** Came while something else was being taken in. */
  const told: News[] = [];
  let cancelWithheld: (() => void) | null = null;
  let timesWithheld = 0;
  let closed = false;

  const hasMore = () => (again || told.length > 0) && !closed;

  async function catchUp(): Promise<boolean> {
    // A store that fails at once must not end this round before it is known to be running.
    await Promise.resolve();
    let answered = true;
    // A failure ends this round alone: what was not kept is asked for again.
    try {
      while (hasMore()) {
        const news = told.shift();
        if (news) {
          await takeIn(news, { wasAsked: false });
          continue;
        }
        again = false;
        const from = loadCursor();
        const reply = await options.pull(from);
        if (closed) break;
        answered = reply.kind === 'answer' || reply.kind === 'problem';
        if (reply.kind === 'answer') await takeIn({ from, changes: reply.value }, { wasAsked: true });
        else onRefused(reply);
      }
    } catch (error) {
      options.onFailure(error);
    }
    // In the same turn as the last look at `again`: a pull cannot fall between.
    running = null;
    return answered;
  }

  async function takeIn(news: News, { wasAsked }: { readonly wasAsked: boolean }): Promise<void> {
    const { changes } = news;
    const isLast = changes.changes.length < longAnswer;
    const taken = await take(news, { isLast, wasAsked });
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
    running ??= catchUp();
    return running;
  }

  return {
    pull,
    takeNews(news) {
      if (told.length < maxTold) told.push(news);
      else again = true;
      running ??= catchUp();
    },
    close() {
      closed = true;
      cancelWithheld?.();
      return Promise.resolve(running);
    },
  };
}
