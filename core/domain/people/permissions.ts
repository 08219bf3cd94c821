/** Who may do what. A person has a role; a route or a button asks for a permission. */
export const roles = ['receptionist', 'provider', 'manager', 'administrator', 'kiosk'] as const;
export type Role = (typeof roles)[number];

export const permissions = [
  'read-calendar',
  'read-patients',
  'book',
  'check-in',
  'raise-capacity',
  'pair-desks',
  'set-up-desk',
] as const;
export type Permission = (typeof permissions)[number];

const permissionsByRole: Readonly<Record<Role, readonly Permission[]>> = {
  receptionist: ['read-calendar', 'read-patients', 'book', 'check-in'],
  provider: ['read-calendar', 'read-patients', 'check-in'],
  manager: ['read-calendar', 'read-patients', 'book', 'check-in', 'raise-capacity'],
  administrator: ['read-calendar', 'read-patients', 'book', 'check-in', 'raise-capacity', 'pair-desks', 'set-up-desk'],
  // A kiosk stands where anybody can use it. Its role gets permissions together with the kiosk's own screens.
  kiosk: [],
};

/** What a desk may read under its own token. Its commands are people's and need those people's permissions. */
export const deskPermissions: readonly Permission[] = ['read-calendar', 'read-patients'];

export function permissionsOf(role: Role): readonly Permission[] {
  return permissionsByRole[role];
}
