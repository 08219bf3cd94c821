import { byCommandType, definitionOf } from '../../core/commands/list.ts';
import type { routes } from '../../core/contract/routes.ts';
import type { Permission } from '../../core/domain/people/permissions.ts';

/** What a route asks of its caller: nothing, a session, or a permission. */
export type Access = 'anyone' | 'signed-in' | Permission;

type Group = keyof typeof routes;

const commandAccess = byCommandType((type) => definitionOf(type).permission);

/** The access of every route of the contract. A route that is not here does not compile. */
export const access = {
  sessions: { create: 'anyone', current: 'signed-in', end: 'signed-in' },
  calendar: { day: 'read-calendar', changes: 'read-calendar', pokes: 'read-calendar' },
  patients: { search: 'read-patients' },
  desks: { invite: 'pair-desks', pair: 'anyone' },
  waitlist: { list: 'read-calendar' },
  commands: commandAccess,
} as const satisfies { readonly [G in Group]: { readonly [N in keyof (typeof routes)[G]]: Access } };

/**
 * The groups whose routes take a paired desk's token in the place of a session's. A desk reads for all its people. A command
 * that a desk sends is decided with the permissions of the person whom the command names.
 */
export const groupsForDesks: readonly Group[] = ['calendar', 'patients', 'waitlist', 'commands'];
