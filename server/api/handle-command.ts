import { commands, parentOf, type Command, type CommandType } from '../../core/commands/list.ts';
import type { Outcome } from '../../core/commands/outcome.ts';
import { upcast } from '../../core/commands/upcast.ts';
import type { Problem } from '../../core/contract/problem.ts';
import { refused, type Result } from '../../core/domain/terms.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { Busy } from '../../db/pg/with-serializable.ts';
import { book } from '../bookings/book.ts';
import { move } from '../bookings/move.ts';
import { raiseCapacity } from '../bookings/raise-capacity.ts';
import { reinstate } from '../bookings/reinstate.ts';
import { transition } from '../bookings/transition.ts';
import type { CommandHooks } from '../commands/command-steps.ts';
import { refuse, type Decide, type Decided, type DecisionContext } from '../commands/decide.ts';
import { envelopeOf, type Envelope } from '../commands/judge.ts';
import { loadVerdict } from '../commands/load-verdict.ts';
import type { Metrics } from '../observe/metrics.ts';
import { registerPatient } from '../patients/register-patient.ts';
import { problem } from '../problems/problems.ts';
import { protocolMismatch } from '../problems/protocol-mismatch.ts';
import { joinWaitlist } from '../waitlist/join-waitlist.ts';
import { leaveWaitlist } from '../waitlist/leave-waitlist.ts';
import { answer } from './answer.ts';

export interface CommandDependencies {
  readonly pool: Pool;
  readonly metrics?: Metrics | undefined;
  readonly hooks?: CommandHooks | undefined;
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
  reinstate,
  'raise-capacity': raiseCapacity,
  'register-patient': registerPatient,
  'join-waitlist': joinWaitlist,
  'leave-waitlist': leaveWaitlist,
};

/** The appointment that a command is about already, whose own slots don't stand in its way. */
function movedAppointment<T extends CommandType>(type: T, command: Command<T>): string | undefined {
  return type === 'move' ? (command as Command<'move'>).body.appointmentId : undefined;
}

async function decide<T extends CommandType>(
  context: DecisionContext,
  type: T,
  command: Command<T>,
  envelope: Envelope,
): Promise<Decided> {
  // The edge has turned away who signed in without it. Who acted at a desk, perhaps days ago, is told as a verdict, so that
  // the command is never decided otherwise, and where it was decided before, that stands.
  if (!context.session.permissions.includes(commands[type].permission)) {
    return refuse(context, envelope, { kind: 'forbidden' });
  }
  const parentId = parentOf(command);
  // A verdict never changes, so it may be read before the call. One that is not there will not come: desks push in order.
  const parent = parentId === null ? null : await loadVerdict(context, parentId);
  if (parentId !== null && parent?.kind !== 'done') {
    return refuse(context, envelope, { kind: 'refused', reason: 'parent-refused' });
  }
  return decisions[type](context, command, envelope, parent?.kind === 'done' ? parent.appointment : null);
}

/**
 * Decides a parsed command, exactly once by its id. Every expected end is
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
  const hooks: CommandHooks = {
    ...dependencies.hooks,
    retried: (kind, code) => {
      metrics?.retried(code);
      dependencies.hooks?.retried?.(kind, code);
    },
  };
  const context: DecisionContext = { pool, session, hooks, now };
  let result: Result<Outcome, Problem>;
  const current = upcast(command);
  if (!current) {
    result = refused(protocolMismatch(command.protocol));
  } else if (command.actorId === session.userId) {
    try {
      const decided = await decide(context, type, current, envelopeOf(type, command, session));
      if (decided.kind === 'verdict' && decided.verdict.kind === 'done') {
        await hooks.at?.('before-poke', 0, null);
        dependencies.afterCommit?.(session.orgId);
      }
      result = await answer(context, command.commandId, decided, movedAppointment(type, current));
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
