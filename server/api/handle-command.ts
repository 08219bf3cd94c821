import {
  definitionOf,
  laneOf,
  parentOf,
  type Command,
  type CommandType,
  type TypedCommand,
} from '../../core/commands/list.ts';
import type { Outcome } from '../../core/commands/outcome.ts';
import { upcast } from '../../core/commands/upcast.ts';
import type { Problem } from '../../core/contract/problem.ts';
import { refusalDetails } from '../../core/contract/refusal-details.ts';
import type { Actor } from '../../core/domain/people/actors.ts';
import { channelOf } from '../../core/domain/people/channels.ts';
import { refuseByAge } from '../../core/domain/sync/command-age.ts';
import { claimedAtOf } from '../../core/domain/sync/judged-at.ts';
import { refused, type Result } from '../../core/domain/terms.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { Busy } from '../../db/pg/with-serializable.ts';
import type { CommandHooks } from '../commands/command-steps.ts';
import { nowInstant, type CommandContext } from '../commands/context.ts';
import { refuse } from '../commands/decide.ts';
import { envelopeOf, type Arrival } from '../commands/envelope.ts';
import { loadVerdict } from '../commands/load-verdict.ts';
import type { NoVerdict, Verdict } from '../commands/verdict.ts';
import type { Metrics } from '../observe/metrics.ts';
import { problem } from '../problems/problems.ts';
import { protocolMismatch } from '../problems/protocol-mismatch.ts';
import { answer } from './answer.ts';
import { serverCommands } from './server-commands.ts';

export interface CommandDependencies {
  readonly pool: Pool;
  readonly metrics?: Metrics | undefined;
  readonly hooks?: CommandHooks | undefined;
  readonly now?: (() => string) | undefined;
  /** Called once after a command is accepted, never inside its transaction. */
  readonly afterCommit?: ((orgId: string) => void) | undefined;
}

/** The appointment that holds slots before its command takes others: its own slots don't stand in its way. */
function holdingAppointment(type: CommandType, command: Command): string | undefined {
  const { takesSlots } = definitionOf(type);
  return takesSlots === 'elsewhere' || takesSlots === 'the-rest'
    ? laneOf({ type, command } as TypedCommand)
    : undefined;
}

async function decide<T extends CommandType>(
  context: CommandContext,
  type: T,
  command: Command<T>,
): Promise<Result<Verdict, NoVerdict>> {
  // The edge has turned away a person who signed in without the permission. A person who acted at a desk, perhaps days ago,
  // gets the refusal as a verdict: the command is never decided otherwise, and an earlier verdict stands.
  if (!context.actor.permissions.includes(definitionOf(type).permission)) {
    return refuse(context, { kind: 'forbidden' });
  }
  const parentId = parentOf(command);
  // A verdict never changes, so the parent's may be read before the call. A missing one will not come: desks push in order.
  const parent = parentId === null ? null : await loadVerdict(context, parentId);
  if (parentId !== null && parent?.kind !== 'done') {
    return refuse(context, { kind: 'refused', reason: 'parent-refused' });
  }
  return serverCommands[type](context, command, parent?.kind === 'done' ? parent.appointment : null);
}

function arrivalOf(actor: Actor, command: Command, atDesk: boolean): Arrival {
  return {
    channel: channelOf(actor.kind, atDesk),
    // Without a measured offset the desk's clock is all that there is.
    claimedAt: atDesk ? claimedAtOf(command.madeAt, command.clockOffsetMilliseconds ?? 0) : null,
  };
}

/**
 * Decides a parsed command, exactly once by its id, as the actor that the caller was let in as. `atDesk`: a paired desk sent it
 * under its own token, so that the desk is believed about when the command was made. Every expected end is a value; only bugs
 * and broken I/O throw.
 */
export async function handleCommand<T extends CommandType>(
  dependencies: CommandDependencies,
  actor: Actor,
  type: T,
  command: Command<T>,
  atDesk = false,
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
  let result: Result<Outcome, Problem>;
  // Before everything else, and not stored: a row that was trimmed must not be missed, and its id must not be used again.
  const unfit = refuseByAge(command, nowInstant(dependencies));
  const current = upcast(command);
  if (unfit) {
    result = refused(problem('refused', refusalDetails[unfit], { reason: unfit }));
  } else if (!current) {
    result = refused(protocolMismatch(command.protocol));
  } else if (command.actorId === actor.actorId) {
    try {
      const arrival = arrivalOf(actor, command, atDesk);
      const context = {
        pool,
        actor,
        hooks,
        now,
        envelope: envelopeOf(type, command, actor, arrival),
        claimedAt: arrival.claimedAt,
      };
      const decided = await decide(context, type, current);
      if (decided.ok && decided.value.kind === 'done') {
        await hooks.at?.('before-poke', 0, null);
        dependencies.afterCommit?.(actor.orgId);
      }
      result = await answer(
        context,
        { commandId: command.commandId, type, ignoring: holdingAppointment(type, current) },
        decided,
      );
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
