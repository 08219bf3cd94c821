import { maxHandleLength } from './organization-handle.ts';

/** How long a session is good, in hours from its sign-in. */
export const sessionHours = 12;

export const maxUsernameLength = 100;
/** `name@handle`. */
export const maxSignInNameLength = maxUsernameLength + 1 + maxHandleLength;

/**
 * Takes apart what a person types as the user name, `name` or `name@handle`. No user name has an `@`. Without one the handle is
 * null: the person has not said which organization. What follows the first `@` is the handle, also where it can be none.
 */
export function readSignInName(typed: string): { readonly username: string; readonly handle: string | null } {
  const [username = '', ...rest] = typed.split('@');
  return { username: username.trim(), handle: rest.length === 0 ? null : rest.join('@').trim() };
}

/** The sign-in name with the handle of the organization, where the person typed none. */
export function completeSignInName(typed: string, handle: string): string {
  return readSignInName(typed).handle === null ? `${typed.trim()}@${handle}` : typed;
}
