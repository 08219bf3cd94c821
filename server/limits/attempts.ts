import { RateLimiterMemory } from 'rate-limiter-flexible';

import { tooManyRequests, type Limits } from './limits.ts';

/** More than this many at once for one user name from one address is no person with a forgotten password. */
const mostWaiting = 100;

export interface Attempts {
  /**
   * Runs `verify` in its turn; a false counts as a failure. Throws the 429 where too many failed before. Those of one
   * name and address run one after another: guesses in parallel would all start before the first one is counted.
   */
  withAttempt(name: string, address: string, verify: () => Promise<boolean>): Promise<boolean>;
}

/** Guesses at secrets: passwords of user names, or pairing codes, which have no name. `what` is theirs: "sign-ins". */
export function openAttempts(
  limits: Pick<Limits, 'signInFailures' | 'signInFailuresPerAddress' | 'signInWindowMinutes'>,
  what: string,
): Attempts {
  const duration = limits.signInWindowMinutes * 60;
  const byName = new RateLimiterMemory({ points: limits.signInFailures, duration });
  const byAddress = new RateLimiterMemory({ points: limits.signInFailuresPerAddress, duration });
  const turns = new Map<string, { last: Promise<unknown>; waiting: number }>();

  async function mustHaveTriesLeft(limiter: RateLimiterMemory, key: string): Promise<void> {
    const failures = await limiter.get(key);
    if (failures && failures.consumedPoints >= limiter.points) {
      throw tooManyRequests(failures.msBeforeNext, `Too many failed ${what}.`);
    }
  }

  async function attempt(key: string, address: string, verify: () => Promise<boolean>): Promise<boolean> {
    await mustHaveTriesLeft(byName, key);
    await mustHaveTriesLeft(byAddress, address);
    const verified = await verify();
    if (!verified) await Promise.all([byName.penalty(key), byAddress.penalty(address)]);
    return verified;
  }

  return {
    async withAttempt(name, address, verify) {
      const key = `${address} ${name}`;
      const turn = turns.get(key) ?? { last: Promise.resolve(), waiting: 0 };
      if (turn.waiting >= mostWaiting) throw tooManyRequests(1000, `Too many ${what} at once.`);
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
