import type { Command, CommandType } from '../../core/commands/list.ts';
import { bodyHash } from './body-hash.ts';

/** The database's type `command_envelope`. */
export type Envelope = Readonly<Record<string, string>>;

/** The envelope as the database enters it. The actor is the session's, never what the body claims. */
export function envelopeOf<T extends CommandType>(
  type: T,
  command: Command<T>,
  session: { readonly orgId: string; readonly userId: string },
): Envelope {
  return {
    org_id: session.orgId,
    command_id: command.commandId,
    body_hash: bodyHash(type, command),
    command_type: type,
    actor_id: session.userId,
    desk_id: command.deskId,
    made_at: command.madeAt,
    ...(command.undoes === undefined ? {} : { undoes: command.undoes }),
  };
}
