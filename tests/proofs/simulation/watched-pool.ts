import type postgres from 'postgres';

import type { Pool, Query, Transaction } from '../../../db/pg/pool.ts';

/** The `application_name` of the simulated servers' connections. */
export const applicationName = 'simulated server';

export interface WatchedPool extends Pool {
  /**
   * Whether no statement could end by itself: each one has been answered, or waits for the locks of a transaction that is
   * held between two of its statements.
   */
  isStill(): boolean | Promise<boolean>;
}

/** Counts the statements under way in PostgreSQL. Only PostgreSQL decides how long they take. */
export function watchPool(pool: Pool, superuser: postgres.Sql): WatchedPool {
  let underWay = 0;
  let ended = 0;
  let open = 0;
  let end = Promise.withResolvers<void>();
  const noteEnd = () => {
    ended++;
    end.resolve();
    end = Promise.withResolvers();
  };

  async function watched<T>(statement: () => Promise<T>): Promise<T> {
    underWay++;
    try {
      return await statement();
    } finally {
      underWay--;
      noteEnd();
    }
  }

  const watchedQuery = (query: Query): Query => {
    return <Rows extends readonly object[]>(text: TemplateStringsArray, ...values: readonly unknown[]) =>
      watched(() => query<Rows>(text, ...values));
  };

  /** BEGIN and the end of a transaction count as statements too: `fn` does not run during them. */
  async function transaction<T>(mode: string, fn: (tx: Transaction) => Promise<T>): Promise<T> {
    const outside = { isLeft: false };
    const leave = () => {
      if (!outside.isLeft) underWay--;
      outside.isLeft = true;
      noteEnd();
    };
    const enter = () => {
      if (outside.isLeft) underWay++;
      outside.isLeft = false;
    };
    underWay++;
    open++;
    try {
      return await pool.transaction(mode, async (tx) => {
        leave();
        try {
          return await fn(watchedQuery(tx));
        } finally {
          enter();
        }
      });
    } finally {
      enter();
      underWay--;
      open--;
      noteEnd();
    }
  }

  /** Resolves with false as soon as a statement has ended. */
  async function oneEnds(): Promise<boolean> {
    await end.promise;
    return false;
  }

  async function allWait(): Promise<boolean> {
    const before = ended;
    const sessions = await superuser<{ pid: number; blockers: number[] }[]>`
      select pid, pg_blocking_pids(pid) as blockers from pg_stat_activity
      where datname = current_database() and application_name = ${applicationName} and state = 'active'`;
    if (ended !== before || sessions.length !== underWay) return false;
    const ofPid = new Map(sessions.map((session) => [session.pid, session.blockers]));
    // Transactions that wait for each other in a circle do not count as still: PostgreSQL soon breaks the deadlock.
    const isHeldUp = (pid: number, onTheWay: readonly number[]): boolean => {
      const blockers = ofPid.get(pid);
      if (!blockers) return true;
      return (
        blockers.length > 0 &&
        blockers.every((blocker) => !onTheWay.includes(blocker) && isHeldUp(blocker, [...onTheWay, blocker]))
      );
    };
    return sessions.every(({ pid }) => isHeldUp(pid, [pid]));
  }

  return Object.assign(watchedQuery(pool), {
    end: () => pool.end(),
    transaction,
    isStill: () => (underWay === 0 ? true : open > 1 ? allWait() : oneEnds()),
  });
}
