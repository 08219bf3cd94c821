import type { Transaction } from '../../db/pg/pool.ts';
import { transactionSteps, type SerializableHooks } from '../../db/pg/with-serializable.ts';

/**
 * The only list of the durable steps of a command on the server: the steps of each of its transactions, and
 * before-refusal: the refusal is known and not stored · before-poke: the verdict is stored, and no desk was told.
 * `ServerOptions.hooks` is called at each step. A server that is killed at one leaves nothing half done.
 */
export const commandSteps = [...transactionSteps, 'before-refusal', 'before-poke'] as const;
export type CommandStep = (typeof commandSteps)[number];

export interface CommandHooks extends Pick<SerializableHooks, 'retried' | 'pause'> {
  /** `attempt` counts from 1, and 0 stands for a step that is in no transaction. */
  at?(step: CommandStep, attempt: number, tx: Transaction | null): Promise<void> | void;
}
