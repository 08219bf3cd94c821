import { v7 as uuidv7 } from 'uuid';

import type { Appointment } from '../../core/calendar/appointment.ts';
import type { Command, CommandType, TypedCommand } from '../../core/commands/list.ts';
import { protocol } from '../../core/primitives/protocol.ts';
import { nowInstant } from '../words/clock.ts';

/** Who acts, and at which desk. */
export interface Identity {
  readonly actorId: string;
  readonly deskId: string;
}

/** UUIDv7 (RFC 9562): every id is minted where the thing is made. */
export function newId(): string {
  return uuidv7();
}

/** What a new command comes after, and what it takes back. */
export interface Comes {
  /** A command that the server may not have decided yet, and that the new one makes no sense without. */
  readonly after?: Pick<Command, 'commandId'> | null | undefined;
  /** The visit as the screen showed it: the version that the server gave counts where nothing is undecided. */
  readonly seen?: Pick<Appointment, 'version'>;
  /** The command that the new one takes back. */
  readonly undoes?: string;
}

/** Makes a command of any type. What may stand in its envelope and precondition, the type's schema says. */
export function makeCommand<T extends CommandType>(
  type: T,
  { actorId, deskId }: Identity,
  body: Command<T>['body'],
  { after, seen, undoes }: Comes = {},
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
  // Type and body are a pair; TypeScript cannot follow it through the union.
  return { type, command } as unknown as TypedCommand<T>;
}

function preconditionOf(after: Comes['after'], seen: Comes['seen']) {
  if (after) return { precondition: { afterCommandId: after.commandId } };
  return seen ? { precondition: { version: seen.version } } : {};
}
