import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import { problem, ProblemError } from '../problems/problems.ts';

export interface Limits {
  readonly bodyBytes: number;
  /** The time for a request to arrive, and again for its answer. Event streams are exempt. */
  readonly requestSeconds: number;
  /** Requests of one session. */
  readonly requestsPerTenSeconds: number;
  /** Requests of one address that belong to no session. */
  readonly strangerRequestsPerTenSeconds: number;
  /** Event streams of one session that are open at once: a desk has one, and a few more while its line comes and goes. */
  readonly streamsPerSession: number;
  /** Failures for one user name from one address, within `signInWindowMinutes`. */
  readonly signInFailures: number;
  /** Failures from one address for all user names, against one password tried on many names. */
  readonly signInFailuresPerAddress: number;
  readonly signInWindowMinutes: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 64 * 1024,
  requestSeconds: 30,
  requestsPerTenSeconds: 10_000,
  strangerRequestsPerTenSeconds: 1_000,
  streamsPerSession: 64,
  signInFailures: 10,
  signInFailuresPerAddress: 100,
  signInWindowMinutes: 15,
};

/** The 429, with the seconds until the limiter lets requests through again. `what` is a sentence: what there was too much of. */
export function tooManyRequests(waitMs: number, what: string): ProblemError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new ProblemError(problem('too-many-requests', `${what} Try again in ${seconds} s.`, null), seconds);
}

/** Counts one request of `key`; throws the 429 where there were too many. */
export async function countRequest(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw tooManyRequests(refusal.msBeforeNext, 'This is more than a desk ever asks.');
  }
}

export function perTenSeconds(points: number): RateLimiterMemory {
  return new RateLimiterMemory({ points, duration: 10 });
}
