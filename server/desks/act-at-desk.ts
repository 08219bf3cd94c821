import { personActor, type Actor } from '../../core/domain/people/actors.ts';
import { problem, ProblemError } from '../problems/problems.ts';
import type { Desk, DeskRegister } from './desk-register.ts';

/**
 * The actor of a command that a desk sends under its own token: the user in `actorId`, with that user's permissions. A user
 * who is unknown, inactive or of another organization has no permissions. Throws the 403 for a command whose `deskId` is
 * another desk's.
 */
export async function actAtDesk(
  desks: DeskRegister,
  desk: Desk,
  command: { readonly actorId: string; readonly deskId: string },
): Promise<Actor> {
  if (command.deskId !== desk.deskId) {
    throw new ProblemError(problem('forbidden', 'deskId is not the desk that this token was given to.', null));
  }
  const { orgId } = desk;
  const actor = await desks.findActor(orgId, command.actorId);
  return actor ?? personActor({ orgId, userId: command.actorId, permissions: [] });
}
