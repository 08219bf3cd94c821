import type { Command, CommandType } from '../../core/commands/list.ts';
import type { Actor } from '../../core/domain/people/actors.ts';
import type { Channel } from '../../core/domain/people/channels.ts';
import { readInstant } from '../../core/domain/sync/read-instant.ts';
import { bodyHash } from './body-hash.ts';

/** The database's type `command_envelope`, without the organization, which each call takes as an argument of its own. */
export type Envelope = Readonly<Record<string, string>>;

/** By which way a command came, and when its desk says that it was made; null: no paired desk says so. */
export interface Arrival {
  readonly channel: Channel;
  readonly claimedAt: string | null;
}

/** The envelope as the database enters it. The actor is the one who was let in, never what the body claims. */
export function envelopeOf<T extends CommandType>(
  type: T,
  command: Command<T>,
  actor: Pick<Actor, 'kind' | 'actorId'>,
  { channel, claimedAt }: Arrival,
): Envelope {
  return {
    command_id: command.commandId,
    body_hash: bodyHash(type, command),
    command_type: type,
    actor_kind: actor.kind,
    actor_id: actor.actorId,
    desk_id: command.deskId,
    channel,
    // PostgreSQL takes fewer offsets and digits than RFC 3339.
    made_at: readInstant(command.madeAt).toString(),
    ...(claimedAt === null ? {} : { claimed_at: claimedAt }),
    ...(command.undoes === undefined ? {} : { undoes: command.undoes }),
  };
}
