import type { News, Poke } from '../../../core/calendar/calendar.ts';
import { backOffMs, type BackOff } from '../environment/back-off.ts';
import { sleep, type DeskTimers } from '../environment/timers.ts';
import type { Reply } from '../line/reply.ts';

export interface FollowOptions {
  /** Opens the server's stream of pokes. */
  readonly subscribe: (signal: AbortSignal) => Promise<Reply<AsyncIterable<Poke>>>;
  /** Asks for what is new; says whether the server answered. */
  readonly pull: () => Promise<boolean>;
  /** Takes in what came with a poke. */
  readonly takeNews: (news: News) => void;
  readonly reconnect: BackOff;
  /** How often to pull without a poke: it covers a server that died between a commit and its poke. */
  readonly pollMs: number;
  readonly random: () => number;
  readonly timers: DeskTimers;
  readonly signal: AbortSignal;
}

/**
 * Pulls whenever the server pokes without saying what is new, until `signal` ends it. A stream that breaks is opened again
 * after a back-off, and what was missed meanwhile is pulled. A poll that finds nobody ends a stream that only seems to be
 * open.
 */
export async function followChanges(options: FollowOptions): Promise<void> {
  const { subscribe, pull, reconnect, random, timers, signal } = options;
  let attempt = 0;
  while (!signal.aborted) {
    const stream = new AbortController();
    const reply = await subscribe(AbortSignal.any([signal, stream.signal]));
    if (reply.kind === 'answer') {
      attempt = 0;
      void pull();
      await readPokes(reply.value, stream, options);
    } else if (reply.kind === 'problem') {
      if (reply.problem.code === 'unauthenticated') return;
      // It is there, and refuses to tell of changes: it may answer who asks, and says then what is to be updated.
      void pull();
    }
    await sleep(timers, backOffMs(reconnect, attempt, random()), signal);
    attempt += 1;
  }
}

async function readPokes(pokes: AsyncIterable<Poke>, stream: AbortController, options: FollowOptions) {
  const { pull, takeNews, pollMs, timers } = options;
  const stopPolling = timers.every(pollMs, () => void pull().then((answered) => answered || stream.abort()));
  try {
    for await (const { news } of pokes) {
      if (news) takeNews(news);
      else void pull();
    }
  } catch {
    // A stream that breaks and one that ends are the same to us: the next subscription tells whether anyone is there.
  } finally {
    stopPolling();
  }
}
