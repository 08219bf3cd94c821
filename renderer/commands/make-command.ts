import { v7 as uuidv7 } from 'uuid';

import type { Appointment } from '../../core/calendar/appointment.ts';
import type { Command, CommandType, TypedCommand } from '../../core/commands/list.ts';
import { protocol } from '../../core/primitives/protocol.ts';
import { nowInstant } from '../words/clock.ts';

/** The person who acts, and the desk. */
export interface Identity {
  readonly actorId: string;
  readonly deskId: string;
}

/** A UUIDv7 (RFC 9562). Every id is made where its thing is made. */
export function newId(): string {
  return uuidv7();
}

/** The commands before a new one: which it follows, and which it takes back. */
export interface CommandLinks {
  /** A command that the server may not have decided yet. The new command makes no sense without it. */
  readonly after?: Pick<Command, 'commandId'> | null | undefined;
  /** The visit as the screen showed it. Where nothing is undecided, the server compares its version. */
  readonly seen?: Pick<Appointment, 'version'>;
  /** The id of the command that the new one takes back. */
  readonly undoes?: string;
}

/** Makes a command of any type. The schema of the type says what envelope and precondition may hold. */
export function makeCommand<T extends CommandType>(
  type: T,
  { actorId, deskId }: Identity,
  body: Command<T>['body'],
  { after, seen, undoes }: CommandLinks = {},
): TypedCommand<T> {
  const command = {
    commandId: newId(),
    actorId,
    deskId,
    madeAt: nowInstant(),
    protocol,
    ...(undoes === undefined ? {} : { undoes }),
    ...preconditionOf(after, seen),
    body,
  };
  // Type and body belong together; TypeScript cannot follow that through the union.
  return { type, command } as unknown as TypedCommand<T>;
}

function preconditionOf(after: CommandLinks['after'], seen: CommandLinks['seen']) {
  if (after) return { precondition: { afterCommandId: after.commandId } };
  return seen ? { precondition: { version: seen.version } } : {};
}
