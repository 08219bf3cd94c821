import { setTimeout as delay } from 'node:timers/promises';

import type { Pool, Transaction } from './pool.ts';
import { connectionLost, errorCode } from './sql-state.ts';

/**
 * What makes an attempt worth repeating, and how it is counted. The connection codes leave the transaction in doubt:
 * it may have committed. Repeating it is right all the same, because everything that goes through this door is entered
 * under its command id first, and a known id is answered with its stored verdict.
 */
const retriedCodes: Readonly<Record<string, 'serialization' | 'deadlock' | 'connection'>> = {
  '40001': 'serialization',
  '40P01': 'deadlock',
  // Out of predicate locks: what others hold is let go of as they end.
  '53200': 'serialization',
  '57P01': 'connection',
  '57P02': 'connection',
  '57P03': 'connection',
  '08006': 'connection',
  '08007': 'connection',
  '08003': 'connection',
  ECONNRESET: 'connection',
  ECONNREFUSED: 'connection',
  EPIPE: 'connection',
  [connectionLost]: 'connection',
};

const maxAttempts = 10;

/** What was about to be tried again has become pointless: someone else's commit decided it. Nothing was written. */
export class Overtaken extends Error {
  constructor() {
    super('overtaken by another transaction');
    this.name = 'Overtaken';
  }
}

/** Every attempt ended in a passing failure: nothing is known to have been written, and the caller may send it again. */
export class Busy extends Error {
  constructor(lastCode: string) {
    super(`gave up after ${maxAttempts} attempts, the last ended in ${lastCode}`);
    this.name = 'Busy';
  }
}

export interface SerializableOptions {
  /**
   * Asked before an attempt that lost to another transaction (not one that lost its connection, which is in doubt) is
   * repeated. A look costs less than an attempt that cannot succeed: of 64 who want one slot, 63 find it gone.
   */
  isStillWorthIt?(): Promise<boolean>;
}

/**
 * The steps of a transaction, in order. begun: BEGIN was answered · called: `fn` has sent what it sends first, and no
 * answer was read · before-commit: everything is written and nothing can be seen · committed: COMMIT was answered, and
 * nobody but this process knows.
 */
export const transactionSteps = ['begun', 'called', 'before-commit', 'committed'] as const;
export type TransactionStep = (typeof transactionSteps)[number];

export interface SerializableHooks {
  /** Called at each step; a test holds, breaks or kills there. */
  at?(step: TransactionStep, attempt: number, tx: Transaction | null): Promise<void> | void;
  retried?(kind: 'serialization' | 'deadlock' | 'connection', code: string): void;
  /** The wait before another attempt, in the place of Node's timer. */
  pause?(milliseconds: number): Promise<void>;
}

/**
 * The only door to a writing transaction: SERIALIZABLE, repeated up to 10 times after 40001, 40P01 (also when they come
 * at COMMIT) and lost connections, with 2·2^k ms of jittered delay, at most 50 ms.
 *
 * `fn` touches only `tx` and its own locals, because it may run several times; side effects come after this returns.
 * Throws {@link Busy} when all attempts are spent, {@link Overtaken} when the next is not worth it, and every other
 * error as it is.
 */
export async function withSerializable<T>(
  pool: Pool,
  fn: (tx: Transaction) => Promise<T>,
  hooks: SerializableHooks = {},
  options: SerializableOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const value = await pool.transaction('isolation level serializable', async (tx) => {
        await hooks.at?.('begun', attempt, tx);
        const judged = await calling(fn(tx), () => hooks.at?.('called', attempt, tx));
        await hooks.at?.('before-commit', attempt, tx);
        return judged;
      });
      await hooks.at?.('committed', attempt, null);
      return value;
    } catch (error) {
      const code = errorCode(error);
      const kind = retriedCodes[code];
      if (!kind) throw error;
      hooks.retried?.(kind, code);
      if (attempt === maxAttempts) throw new Busy(code);
      await (hooks.pause ?? delay)(Math.min(50, 2 * 2 ** attempt) * Math.random());
      if (kind !== 'connection' && (await options.isStillWorthIt?.()) === false) throw new Overtaken();
    }
  }
}

/** Waits for the hook while the call is under way, and then for the call. */
async function calling<T>(call: Promise<T>, hook: () => Promise<void> | void): Promise<T> {
  // A call that fails while the hook holds must not count as a rejection that nobody handles.
  call.catch(() => {});
  await hook();
  return call;
}
