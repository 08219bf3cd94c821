import type { Changes, News } from '../../../core/calendar/calendar.ts';
import { longAnswerChanges } from '../../../core/domain/sync/feed-limits.ts';
import { backOffMs, type BackOff } from '../environment/back-off.ts';
import { defaultTimers, type DeskTimers } from '../environment/timers.ts';
import type { Reply } from '../line/reply.ts';

export interface ChangePullerOptions {
  readonly loadCursor: () => string;
  readonly pull: (cursor: string) => Promise<Reply<Changes>>;
  /**
   * Applies changes that follow the cursor `from`: the answer to a pull (`wasAsked`), or news that came with a poke.
   * `isLast`: no more is known to follow. False: the changes did not fit and were forgotten, so the puller asks again.
   */
  readonly take: (news: News, how: { readonly isLast: boolean; readonly wasAsked: boolean }) => Promise<boolean>;
  /** The server answered, but not with changes. */
  readonly onRefused: (reply: Exclude<Reply<Changes>, { kind: 'answer' }>) => void;
  /** The store failed (a full disk, for example). The next pull goes on from the cursor that is kept. */
  readonly onFailure: (error: unknown) => void;
  /** The waits between pulls while the server withholds rows. */
  readonly withheldBackOff: BackOff;
  readonly random: () => number;
  readonly timers?: DeskTimers;
}

export interface ChangePuller {
  /** Asks for what is new; while a pull is under way, one more follows it. Resolves with whether the server answered. */
  pull(): Promise<boolean>;
  /** Applies news that came with a poke where they follow the desk's cursor; else pulls. */
  takeNews(news: News): void;
  /** Asks no more, and waits for the answer that is being applied. */
  close(): Promise<unknown>;
}

/** News that are kept while an answer is long in coming. Instead of further news, the puller asks. */
const maxTold = 100;

/**
 * Reads the change feed from the cursor that is kept. Without a cursor it asks with an empty one, which the server answers
 * with `reset`: read everything anew.
 */
export function openChangePuller(options: ChangePullerOptions): ChangePuller {
  const { loadCursor, take, onRefused, withheldBackOff, random, timers = defaultTimers } = options;
  let running: Promise<boolean> | null = null;
  let again = false;
  /** News that came while other changes were being applied. */
  const told: News[] = [];
  let cancelWithheld: (() => void) | null = null;
  let timesWithheld = 0;
  let closed = false;

  const hasMore = () => (again || told.length > 0) && !closed;

  async function catchUp(): Promise<boolean> {
    // Without this turn, a store that fails at once would end the round before `running` is set.
    await Promise.resolve();
    let answered = true;
    // A failure ends this round alone: the next one asks again for what was not kept.
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
    // No turn lies between the last look at `again` and this line, so no pull is lost in between.
    running = null;
    return answered;
  }

  async function takeIn(news: News, { wasAsked }: { readonly wasAsked: boolean }): Promise<void> {
    const { changes } = news;
    const isLast = changes.changes.length < longAnswerChanges;
    const taken = await take(news, { isLast, wasAsked });
    if (!taken || !isLast) again = true;
    // After a `reset` the feed has what was written since.
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
