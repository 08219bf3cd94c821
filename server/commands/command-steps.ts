import type { Transaction } from '../../db/pg/pool.ts';
import { transactionSteps, type SerializableHooks } from '../../db/pg/with-serializable.ts';

/**
 * The durable steps of a command on the server, and the only list of them: those of each transaction that it makes, and
 * before-refusal: the refusal is known and not stored · before-poke: the verdict is stored, and no desk was told. Whoever
 * starts a server may be called at each; one that is killed there leaves nothing half done.
 */
export const commandSteps = [...transactionSteps, 'before-refusal', 'before-poke'] as const;
export type CommandStep = (typeof commandSteps)[number];

export interface CommandHooks extends Pick<SerializableHooks, 'retried' | 'pause'> {
  /** `attempt` counts from 1, and 0 stands for a step that is in no transaction. */
  at?(step: CommandStep, attempt: number, tx: Transaction | null): Promise<void> | void;
}
