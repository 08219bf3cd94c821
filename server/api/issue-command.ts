import { Temporal } from 'temporal-polyfill';
import { v7 as uuidv7 } from 'uuid';

import { commands, type Command, type CommandType } from '../../core/commands/list.ts';
import type { Outcome } from '../../core/commands/outcome.ts';
import type { Problem } from '../../core/contract/problem.ts';
import type { Actor } from '../../core/domain/people/actors.ts';
import type { Result } from '../../core/domain/terms.ts';
import { protocol } from '../../core/primitives/protocol.ts';
import { nowInstant } from '../commands/context.ts';
import { handleCommand, type CommandDependencies } from './handle-command.ts';

export interface IssueOptions {
  /** The id where the one who issues must be able to do so again after a crash; a new one where it is left out. */
  readonly commandId?: string | undefined;
  /** Stands in the place of a desk: in the audit trail, at most 64 characters. The actor's kind where it is left out. */
  readonly deskId?: string | undefined;
  readonly precondition?: unknown;
}

/**
 * Issues a command of the server's own making through the door of every desk's: the same contract, the same age, the same
 * permissions, the same wall. Throws on a body that the contract does not take, which is a bug of the caller.
 */
export async function issueCommand<T extends CommandType>(
  dependencies: CommandDependencies,
  actor: Actor,
  type: T,
  body: Command<T>['body'],
  { commandId, deskId = actor.kind, precondition }: IssueOptions = {},
): Promise<Result<Outcome, Problem>> {
  const madeAt = nowInstant(dependencies);
  const command = commands[type].schema.parse({
    commandId: commandId ?? uuidv7({ msecs: Temporal.Instant.from(madeAt).epochMilliseconds }),
    actorId: actor.actorId,
    deskId,
    madeAt,
    protocol,
    ...(precondition === undefined ? {} : { precondition }),
    body,
  }) as Command<T>;
  return handleCommand(dependencies, actor, type, command);
}
