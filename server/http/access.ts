import { commands, type CommandType } from '../../core/contract/commands/list.ts';
import type { routes } from '../../core/contract/routes.ts';
import type { Permission } from '../../core/domain/people/permissions.ts';

/** Who may use a route: whoever asks, whoever is signed in, or whoever has the permission. */
export type Access = 'anyone' | 'signed-in' | Permission;

const commandAccess = Object.fromEntries(
  Object.entries(commands).map(([type, { permission }]) => [type, permission]),
) as { [T in CommandType]: Permission };

/** Who may use which route of the contract. A route that is not here does not compile. */
export const access: { readonly [G in keyof typeof routes]: { readonly [N in keyof (typeof routes)[G]]: Access } } = {
  sessions: { create: 'anyone', current: 'signed-in', end: 'signed-in' },
  calendar: { day: 'read-calendar', changes: 'read-calendar', pokes: 'read-calendar' },
  patients: { search: 'read-patients' },
  commands: commandAccess,
};
