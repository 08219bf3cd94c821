import type { Permission } from '../../domain/people/permissions.ts';
import type { DeskCall } from './calls.ts';

/**
 * The condition under which a desk answers a call. `anyone`: always. `signed-in`: a person is signed in. A permission: the
 * signed-in person has it. `setup`: nobody has ever signed in at the desk, or the signed-in person has `set-up-desk`.
 */
export type DeskAccess = 'anyone' | 'signed-in' | 'setup' | Permission;

/**
 * The access of every desk call; a call that is not here does not compile. `send` and `resolveRefusal` need also the
 * permission of their command's type.
 */
export const deskAccess = {
  describe: 'anyone',
  signIn: 'anyone',
  signOut: 'anyone',
  readDay: 'read-calendar',
  searchPatients: 'read-patients',
  send: 'signed-in',
  readWaitlist: 'read-calendar',
  // A command names its patient in full.
  readOutbox: 'read-patients',
  explainRefusal: 'read-patients',
  resolveRefusal: 'read-patients',
  readStatus: 'anyone',
  readDiagnostics: 'signed-in',
  readSetup: 'setup',
  testSetup: 'setup',
  applySetup: 'setup',
  inviteDesk: 'pair-desks',
} as const satisfies { readonly [C in DeskCall]: DeskAccess };
