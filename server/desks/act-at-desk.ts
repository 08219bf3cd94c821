import { personActor, type Actor } from '../../core/domain/people/actors.ts';
import { problem, ProblemError } from '../problems/problems.ts';
import type { Desk, DeskRegister } from './desk-register.ts';

/**
 * Who does a command that a desk sends in its own name: the user whom it names, with that user's permissions, which are
 * none where nobody of that id is active in the organization. Throws the 403 for a command of another desk, which is
 * nobody's to decide here.
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
