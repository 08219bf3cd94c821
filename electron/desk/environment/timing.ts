import type { BackOff } from './back-off.ts';

/** How long a desk waits, in milliseconds. */
export interface DeskTiming {
  /** From the desk's start until its first request: until then a screen that waits for its day has the cores. */
  readonly firstContactMs: number;
  /** For one answer. The server gives up on a request after 30 s; a person gives up before. */
  readonly requestLimitMs: number;
  /** For the server, before the desk answers the page by itself. The page is told the server's answer when it comes. */
  readonly answerLimitMs: number;
  /** Between two pushes of the outbox that brought no verdict. */
  readonly push: BackOff;
  /** Between two subscriptions to the server's pokes. */
  readonly reconnect: BackOff;
  /** Between two pulls while the server withholds rows behind an open transaction. */
  readonly withheld: BackOff;
  /** Between two pulls without a poke. */
  readonly pollMs: number;
}

export const defaultTiming: DeskTiming = {
  firstContactMs: 300,
  requestLimitMs: 15_000,
  answerLimitMs: 3_000,
  push: { firstMs: 500, maxMs: 30_000 },
  reconnect: { firstMs: 250, maxMs: 3_000 },
  withheld: { firstMs: 100, maxMs: 2_000 },
  pollMs: 20_000,
};
