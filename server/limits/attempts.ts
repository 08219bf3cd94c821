import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import { makeFairQueue, type FairQueue } from './fair-queue.ts';
import { tooManyRequests, type Limits } from './limits.ts';

/** Verifications at once on a server. Each takes tens of milliseconds of a processor, and bookings need the others. */
const verificationsAtOnce = 3;

export interface Attempts {
  /**
   * Runs `verify`, whose false counts as a failure. Throws the 429 where too many attempts failed before. For an address, an
   * attempt counts as a failure until it has succeeded, so that parallel guesses gain nothing. Attempts for one name from one
   * address run one after another: a person whose desks all sign in at once is let in.
   */
  withAttempt(name: string, address: string, verify: () => Promise<boolean>): Promise<boolean>;
}

type AttemptLimits = Pick<Limits, 'signInFailures' | 'signInFailuresPerAddress' | 'signInWindowMinutes'>;

/** The two kinds of guesses, each with counts of its own, in one queue. */
export function openAttemptCounts(limits: AttemptLimits): { readonly signIns: Attempts; readonly pairings: Attempts } {
  const queue = makeFairQueue(verificationsAtOnce);
  return { signIns: openAttempts(limits, 'sign-ins', queue), pairings: openAttempts(limits, 'pairings', queue) };
}

/**
 * Counts failed guesses at secrets: passwords, or pairing codes, whose `name` is empty. `what` names them: "sign-ins". A
 * verification costs a processor for a while, so `queue` runs few of them at once, and each address gets its turn.
 */
function openAttempts(limits: AttemptLimits, what: string, queue: FairQueue): Attempts {
  const duration = limits.signInWindowMinutes * 60;
  const byName = new RateLimiterMemory({ points: limits.signInFailures, duration });
  const byAddress = new RateLimiterMemory({ points: limits.signInFailuresPerAddress, duration });

  async function count(limiter: RateLimiterMemory, key: string): Promise<void> {
    try {
      await limiter.consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      // What is refused was no attempt.
      await limiter.reward(key);
      throw tooManyRequests(refusal.msBeforeNext, `Too many failed ${what}.`);
    }
  }

  const lanes = new Map<string, Promise<unknown>>();

  /** Runs the attempts of one key one after another. */
  async function inLane<T>(key: string, attempt: () => Promise<T>): Promise<T> {
    const mine = (lanes.get(key) ?? Promise.resolve()).then(attempt);
    const ended = mine.catch(() => {});
    lanes.set(key, ended);
    try {
      return await mine;
    } finally {
      if (lanes.get(key) === ended) lanes.delete(key);
    }
  }

  /** Counts one attempt, and takes the count back where the attempt succeeded or was never judged. */
  async function counted(limiter: RateLimiterMemory, key: string, attempt: () => Promise<boolean>): Promise<boolean> {
    await count(limiter, key);
    let failed = false;
    try {
      const verified = await attempt();
      failed = !verified;
      return verified;
    } finally {
      if (!failed) await limiter.reward(key);
    }
  }

  return {
    withAttempt(name, address, verify) {
      const key = `${address} ${name}`;
      return counted(byAddress, address, () =>
        inLane(key, () => counted(byName, key, () => queue.run(address, verify))),
      );
    },
  };
}
