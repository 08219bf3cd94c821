import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import { problem, ProblemError } from '../problems/problems.ts';

export interface Limits {
  readonly bodyBytes: number;
  /** For the request to arrive, and again for its answer; event streams are exempt. */
  readonly requestSeconds: number;
  /** Per session. */
  readonly requestsPerTenSeconds: number;
  /** Per address, for requests that no session stands behind. */
  readonly strangerRequestsPerTenSeconds: number;
  /** Per user name and address, within `signInWindowMinutes`. */
  readonly signInFailures: number;
  /** Per address, whatever the user name: one password tried on many names. */
  readonly signInFailuresPerAddress: number;
  readonly signInWindowMinutes: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 64 * 1024,
  requestSeconds: 30,
  requestsPerTenSeconds: 10_000,
  strangerRequestsPerTenSeconds: 1_000,
  signInFailures: 10,
  signInFailuresPerAddress: 100,
  signInWindowMinutes: 15,
};

/** The 429 for a limiter's answer, with the seconds until it lets go. */
export function tooManyRequests(waitMs: number, what: string): ProblemError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new ProblemError(problem('too-many-requests', `${what} Try again in ${seconds} s.`, null), seconds);
}

/** Counts one request of `key`, or throws the 429. */
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
