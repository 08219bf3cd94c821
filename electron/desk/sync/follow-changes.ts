import type { News, Poke } from '../../../core/calendar/calendar.ts';
import { backOffMs, type BackOff } from '../environment/back-off.ts';
import { sleep, type DeskTimers } from '../environment/timers.ts';
import type { Reply } from '../line/reply.ts';

export interface FollowOptions {
  /** Opens the server's stream of pokes. */
  readonly subscribe: (signal: AbortSignal) => Promise<Reply<AsyncIterable<Poke>>>;
  /** Asks for what is new. Resolves with whether the server answered. */
  readonly pull: () => Promise<boolean>;
  /** Takes in the changes that came with a poke. */
  readonly takeNews: (news: News) => void;
  readonly reconnect: BackOff;
  /** Milliseconds between pulls without a poke. They cover a server that died between a commit and its poke. */
  readonly pollMs: number;
  readonly random: () => number;
  readonly timers: DeskTimers;
  readonly signal: AbortSignal;
}

/**
 * Pulls whenever the server pokes without news, until `signal` aborts. A stream that breaks is opened again after a back-off,
 * and a pull brings what was missed. A poll without an answer ends the stream, which then only seems to be open. Also ends when
 * the server no longer knows the token.
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
      // The server is there and refuses to poke. A pull may be answered all the same, or tells what to update.
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
    // A stream that breaks is the same as one that ends: the next subscription shows whether the server is there.
  } finally {
    stopPolling();
  }
}
