import type { Person } from '../../core/contract/session.ts';
import type { Identity } from './make-command.ts';

/** The person who is signed in, and the desk. */
export interface Session {
  readonly person: Person;
  readonly identity: Identity;
}

export function sessionOf(person: Person, deskId: string): Session {
  return { person, identity: { actorId: person.userId, deskId } };
}
