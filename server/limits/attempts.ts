import { RateLimiterMemory } from 'rate-limiter-flexible';

import { tooManyRequests, type Limits } from './limits.ts';

/** Nobody who forgot a password sends more guesses than this at once, for one user name from one address. */
const maxWaiting = 100;

export interface Attempts {
  /**
   * Runs `verify`, whose false counts as a failure. Throws the 429 where too many attempts failed before. Attempts for one
   * name and address run one after another: parallel guesses would all start before the first failure counts.
   */
  withAttempt(name: string, address: string, verify: () => Promise<boolean>): Promise<boolean>;
}

/** Counts failed guesses at secrets: passwords, or pairing codes, whose `name` is empty. `what` names them: "sign-ins". */
export function openAttempts(
  limits: Pick<Limits, 'signInFailures' | 'signInFailuresPerAddress' | 'signInWindowMinutes'>,
  what: string,
): Attempts {
  const duration = limits.signInWindowMinutes * 60;
  const byName = new RateLimiterMemory({ points: limits.signInFailures, duration });
  const byAddress = new RateLimiterMemory({ points: limits.signInFailuresPerAddress, duration });
  const turns = new Map<string, { last: Promise<unknown>; waiting: number }>();

  async function requireTriesLeft(limiter: RateLimiterMemory, key: string): Promise<void> {
    const failures = await limiter.get(key);
    if (failures && failures.consumedPoints >= limiter.points) {
      throw tooManyRequests(failures.msBeforeNext, `Too many failed ${what}.`);
    }
  }

  async function attempt(key: string, address: string, verify: () => Promise<boolean>): Promise<boolean> {
    await requireTriesLeft(byName, key);
    await requireTriesLeft(byAddress, address);
    const verified = await verify();
    if (!verified) await Promise.all([byName.penalty(key), byAddress.penalty(address)]);
    return verified;
  }

  return {
    async withAttempt(name, address, verify) {
      const key = `${address} ${name}`;
      const turn = turns.get(key) ?? { last: Promise.resolve(), waiting: 0 };
      if (turn.waiting >= maxWaiting) throw tooManyRequests(1000, `Too many ${what} at once.`);
      turns.set(key, turn);
      turn.waiting += 1;
      const mine = turn.last.then(() => attempt(key, address, verify));
      turn.last = mine.catch(() => {});
      try {
        return await mine;
      } finally {
        turn.waiting -= 1;
        if (turn.waiting === 0) turns.delete(key);
      }
    },
  };
}
