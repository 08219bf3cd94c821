import postgres from 'postgres';

import { findInconsistencies } from '../../builders/inconsistencies.ts';
import type { Attack } from './target.ts';

class Undo extends Error {}

/** What became of an attack. */
export interface AttackResult {
  /** The SQLSTATE that refused it, or null where it was accepted. */
  readonly refused: string | null;
  /** The constraint that refused it; empty where none did. */
  readonly constraint: string;
  /** The promises that it broke, where it was accepted. */
  readonly broken: readonly unknown[];
}

/** SQLSTATEs that say that the attack was written wrongly, and so proves nothing. */
const misspelt = /^(42601|42P01|42703|42883|42P18|26000|25P02)$/;

/**
 * Runs an attack in a transaction that is rolled back, and looks for broken promises where the attack was accepted: with
 * constraints checked, and by SQL that shares nothing with the walls.
 */
export async function runAttack(
  sql: postgres.Sql,
  attack: Attack,
  options: { isolation?: string } = {},
): Promise<AttackResult> {
  let broken: unknown[] = [];
  try {
    await sql.begin(options.isolation ?? 'isolation level read committed', async (tx) => {
      await attack(tx);
      await tx`set constraints all immediate`;
      // The check must not read what an attack has put in front of the tables.
      await tx`set local search_path = pg_catalog`;
      broken = await findInconsistencies(tx as unknown as postgres.Sql);
      throw new Undo();
    });
  } catch (error) {
    if (error instanceof Undo) return { refused: null, constraint: '', broken };
    if (!(error instanceof postgres.PostgresError)) throw error;
    if (misspelt.test(error.code)) throw error;
    return { refused: error.code, constraint: error.constraint_name ?? '', broken: [] };
  }
  throw new Error('the transaction was neither undone nor refused');
}

/** An attack that is text, of one or several statements. */
export const statements =
  (text: string): Attack =>
  (tx) =>
    tx.unsafe(text).simple();
