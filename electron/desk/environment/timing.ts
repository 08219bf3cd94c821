import type { BackOff } from './back-off.ts';

/** How patient a desk is, in milliseconds. */
export interface DeskTiming {
  /** From its start until it first asks the server: a screen that waits for its day has the cores until then. */
  readonly firstContactMs: number;
  /** For one answer. The server gives up on a request after 30 s; a person does before. */
  readonly requestLimitMs: number;
  /** How long a person waits for the server before the desk goes on by itself; the answer is told when it comes. */
  readonly answerLimitMs: number;
  /** Between pushes of the outbox that got no verdict. */
  readonly push: BackOff;
  /** Between subscriptions to the server's pokes. */
  readonly reconnect: BackOff;
  /** Between pulls while the server withholds rows behind an open transaction. */
  readonly withheld: BackOff;
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
