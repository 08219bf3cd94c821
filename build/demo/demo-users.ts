import { demoPasswordOf } from '../../core/domain/people/demo-password.ts';
import type { Role } from '../../core/domain/people/permissions.ts';
import { berlin, kolkata } from './clinic-plan.ts';

/**
 * The people who can sign in to the demo. Everybody may read the passwords: the demo organization holds invented people
 * alone, and an installation for real patients never runs this seed.
 */
export const demoUsers: readonly {
  readonly role: Role;
  readonly username: string;
  readonly password: string;
  readonly displayName: string;
  /** Name of the home site. */
  readonly site: string;
}[] = [
  user('receptionist', 'reception-berlin', 'Greta Winkelmann', berlin.name),
  user('receptionist', 'reception-kolkata', 'Mitali Sen', kolkata.name),
  user('provider', 'provider', 'Dr Amari', berlin.name),
  user('manager', 'manager', 'Jonas Ahlgren', berlin.name),
  user('administrator', 'administrator', 'Ines Kovalenko', berlin.name),
  user('kiosk', 'kiosk', 'Lobby kiosk', berlin.name),
];

function user(role: Role, username: string, displayName: string, site: string) {
  return { role, username, password: demoPasswordOf(username), displayName, site };
}
