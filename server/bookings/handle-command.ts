import { parentOf, type Command, type CommandType } from '../../core/contract/commands/list.ts';
import type { Outcome } from '../../core/contract/commands/outcome.ts';
import type { Problem } from '../../core/contract/problem.ts';
import { refused, type Result } from '../../core/domain/terms.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { Busy, type SerializableHooks } from '../../db/pg/with-serializable.ts';
import { problem } from '../http/problems.ts';
import type { Metrics } from '../observe/metrics.ts';
import { registerPatient } from '../patients/register-patient.ts';
import { answer } from './answer.ts';
import { book } from './book.ts';
import { refuse, type Decide, type Decided, type DecisionContext } from './decide.ts';
import { envelopeOf } from './judge.ts';
import { isDone } from './load-verdict.ts';
import { move } from './move.ts';
import { raiseCapacity } from './raise-capacity.ts';
import { transition } from './transition.ts';

export interface CommandDependencies {
  readonly pool: Pool;
  readonly metrics?: Metrics | undefined;
  readonly hooks?: SerializableHooks | undefined;
  readonly now?: (() => string) | undefined;
  /** Called once after a command is accepted, never inside its transaction. */
  readonly afterCommit?: ((orgId: string) => void) | undefined;
}

const decisions: { readonly [T in CommandType]: Decide<T> } = {
  book,
  move,
  cancel: transition('cancel'),
  'check-in': transition('check-in'),
  'un-arrive': transition('un-arrive'),
  'raise-capacity': raiseCapacity,
  'register-patient': registerPatient,
};

/** The appointment that a command is about already, whose own slots don't stand in its way. */
function movedAppointment<T extends CommandType>(type: T, command: Command<T>): string | undefined {
  return type === 'move' ? (command as Command<'move'>).body.appointmentId : undefined;
}

async function decide<T extends CommandType>(context: DecisionContext, type: T, command: Command<T>): Promise<Decided> {
  const envelope = envelopeOf(type, command, context.session);
  const parent = parentOf(command);
  // A verdict never changes, so it may be read before the call. One that is not there will not come: desks push in order.
  if (parent !== null && !(await isDone(context, parent))) {
    return refuse(context, envelope, { kind: 'refused', reason: 'parent-refused' });
  }
  return decisions[type](context, command, envelope);
}

/**
 * Decides a parsed command, exactly once by its id. The permission has been checked at the edge. Every expected end is
 * a value; only bugs and broken I/O throw.
 */
export async function handleCommand<T extends CommandType>(
  dependencies: CommandDependencies,
  session: DecisionContext['session'],
  type: T,
  command: Command<T>,
): Promise<Result<Outcome, Problem>> {
  const startedAt = performance.now();
  const { pool, metrics, now } = dependencies;
  const hooks: SerializableHooks = {
    ...dependencies.hooks,
    retried: (kind, code) => {
      metrics?.retried(code);
      dependencies.hooks?.retried?.(kind, code);
    },
  };
  const context: DecisionContext = { pool, session, hooks, now };
  let result: Result<Outcome, Problem>;
  if (command.actorId === session.userId) {
    try {
      const decided = await decide(context, type, command);
      if (decided.kind === 'verdict' && decided.verdict.kind === 'done') dependencies.afterCommit?.(session.orgId);
      result = await answer(context, command.commandId, decided, movedAppointment(type, command));
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
      result = refused(problem('busy', 'Nothing was decided. Send the same command again in a moment.', null));
    }
  } else {
    result = refused(
      problem('forbidden', 'actorId is not the person who is signed in. Sign in as that person to send it.', null),
    );
  }
  metrics?.commandDecided(type, result.ok ? 'done' : result.error.code, (performance.now() - startedAt) / 1000);
  return result;
}
