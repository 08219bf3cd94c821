import type { Command, CommandType } from '../../core/commands/list.ts';
import type { Actor } from '../../core/domain/people/actors.ts';
import { bodyHash } from './body-hash.ts';

/** The database's type `command_envelope`. */
export type Envelope = Readonly<Record<string, string>>;

/** The envelope as the database enters it. The actor is the one who was let in, never what the body claims. */
export function envelopeOf<T extends CommandType>(
  type: T,
  command: Command<T>,
  actor: Pick<Actor, 'orgId' | 'kind' | 'actorId'>,
): Envelope {
  return {
    org_id: actor.orgId,
    command_id: command.commandId,
    body_hash: bodyHash(type, command),
    command_type: type,
    actor_kind: actor.kind,
    actor_id: actor.actorId,
    desk_id: command.deskId,
    made_at: command.madeAt,
    ...(command.undoes === undefined ? {} : { undoes: command.undoes }),
  };
}
