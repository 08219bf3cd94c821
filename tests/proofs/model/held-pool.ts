import type { Pool, Query, Transaction } from '../../../db/pg/pool.ts';
import { errorCode } from '../../../db/pg/sql-state.ts';

/** The points at which a client is held. `read` is a statement outside of a transaction, `statement` one inside. */
export type Step = 'read' | 'begin' | 'statement' | 'commit' | 'rollback';

export interface Holder {
  /** Resolves when the client may take this step. */
  turn(step: Step): Promise<void>;
  /** Called when a writing transaction has ended in COMMIT. */
  committed(): void;
  /** Called when a transaction has ended otherwise, with the code of its error. */
  failed(code: string): void;
}

/**
 * The pool of one client: each statement, BEGIN, COMMIT and ROLLBACK waits for its turn. `isolation` replaces the requested
 * level, for a test that takes that wall away.
 */
export function heldPool(pool: Pool, holder: Holder, isolation?: string): Pool {
  // Reads that start together are held one after another, because a client is at one point at a time.
  let lastRead: Promise<unknown> = Promise.resolve();
  const heldRead: Query = <Rows extends readonly object[]>(
    text: TemplateStringsArray,
    ...values: readonly unknown[]
  ) => {
    const result = lastRead.then(async () => {
      await holder.turn('read');
      return pool<Rows>(text, ...values);
    });
    lastRead = result.catch(() => {});
    return result;
  };

  const heldStatements = (tx: Transaction): Transaction => {
    return async <Rows extends readonly object[]>(text: TemplateStringsArray, ...values: readonly unknown[]) => {
      await holder.turn('statement');
      try {
        return await tx<Rows>(text, ...values);
      } catch (error) {
        // PostgreSQL first sends the error, then releases the locks. A next statement is refused only after that release, so
        // afterwards no client counts as waiting that does not wait.
        await tx`select`.catch(() => {});
        throw error;
      }
    };
  };

  return Object.assign(heldRead, {
    end: () => pool.end(),
    async transaction<T>(mode: string, fn: (tx: Transaction) => Promise<T>): Promise<T> {
      const writes = mode.includes('serializable');
      await holder.turn('begin');
      try {
        const value = await pool.transaction(writes ? (isolation ?? mode) : mode, async (tx) => {
          let judged: T;
          try {
            judged = await fn(heldStatements(tx));
          } catch (error) {
            await holder.turn('rollback');
            throw error;
          }
          await holder.turn('commit');
          return judged;
        });
        if (writes) holder.committed();
        return value;
      } catch (error) {
        if (writes) holder.failed(errorCode(error));
        throw error;
      }
    },
  });
}
