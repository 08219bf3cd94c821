import type { Pool, Transaction } from './pool.ts';

/**
 * The door to reads that need one picture: REPEATABLE READ READ ONLY (standbys refuse SERIALIZABLE), with the
 * organization set for the row-level security of this transaction alone.
 */
export async function withSnapshot<T>(pool: Pool, orgId: string, fn: (tx: Transaction) => Promise<T>): Promise<T> {
  return pool.transaction('isolation level repeatable read read only', async (tx) => {
    await tx`select set_config('holdfast.org_id', ${orgId}, true)`;
    return fn(tx);
  });
}
