import { handleSource } from './organization-handle.ts';

/** The letters and digits of a pairing code, without 0, 1, I, L and O, which look like one another. */
export const pairingCodeLetters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A pairing code has two groups of four behind its organization's handle. Together they are 39.6 random bits. */
export const pairingCodeGroups = 2;
export const lettersPerGroup = 4;

/** The character class is `pairingCodeLetters` in lower case; a test compares the two. */
const group = '[2-9a-hjkmnp-z]{4}';

/**
 * A pairing code in lower case, as a person types it: the dash between the groups may be left out. The dash behind the handle may
 * not, because a handle can end like a group.
 */
export const typedPairingCode = new RegExp(`^(?<handle>${handleSource})-(?<first>${group})-?(?<second>${group})$`);

/** The groups alone, in lower case: what a person types who takes the handle for an ornament. */
const groupsAlone = new RegExp(`^${group}-?${group}$`);

/** A pairing code as a person reads it out, and as its hash is made from it: `nordstern-K7QM-2XRA`. */
export function pairingCodeOf(handle: string, groups: readonly string[]): string {
  return [handle, ...groups.map((letters) => letters.toUpperCase())].join('-');
}

/** The pairing code as it was shown, and the handle in it, from what was typed. Null where that is none. */
export function readPairingCode(typed: string): { readonly code: string; readonly handle: string } | null {
  const groups = typedPairingCode.exec(typed.trim().toLowerCase())?.groups;
  if (!groups) return null;
  const { handle = '', first = '', second = '' } = groups;
  return { handle, code: pairingCodeOf(handle, [first, second]) };
}

/** Whether only the handle is missing from a pairing code. */
export function lacksHandle(typed: string): boolean {
  return groupsAlone.test(typed.trim().toLowerCase());
}
