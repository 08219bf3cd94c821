/** The letters and digits of a pairing code, without 0, 1, I, L and O, which look like one another. */
export const pairingCodeLetters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A pairing code is two groups of four, as a person reads it out: `K7QM-2XRA`. Together they are 39.6 random bits. */
export const pairingCodeGroups = 2;
export const lettersPerGroup = 4;

/** A pairing code in capitals, with or without its dash. The character class is `pairingCodeLetters`; a test compares the two. */
export const pairingCodePattern = /^[2-9A-HJKMNP-Z]{4}-?[2-9A-HJKMNP-Z]{4}$/;

/** The code without its dash: the form whose hash the server stores. */
export function withoutDash(code: string): string {
  return code.replace('-', '');
}
