/** The digits of a number, without those that are dialled before it (0, 00, +) and without a (0) that nobody dials from abroad. */
export function phoneDigits(phone: string): string {
  return phone.replaceAll('(0)', '').replaceAll(/\D/g, '').replace(/^0+/, '');
}

const isInternational = /^\s*(?:\+|00)/;
/** ITU-T E.164, assigned country codes: of one digit, of two, and all others of three. */
const countryCode = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/**
 * What to look for when a number is typed: its digits, and, where it is typed with a country code, also those without it,
 * because the clinic may have written it down as it is dialled at home. No form of fewer than four digits: too many have it.
 */
export function phoneForms(phone: string): string[] {
  const digits = phoneDigits(phone);
  const forms = isInternational.test(phone) ? [digits, phoneDigits(digits.replace(countryCode, ''))] : [digits];
  return forms.filter((form) => form.length >= fewestSearched);
}

const fewestSearched = 4;
const fewestCompared = 6;

/** Whether two numbers, each with or without country code, leading 0 and blanks, may be one telephone. */
export function isSamePhone(a: string, b: string): boolean {
  return phoneForms(a).some((one) =>
    phoneForms(b).some(
      (other) => Math.min(one.length, other.length) >= fewestCompared && (one.endsWith(other) || other.endsWith(one)),
    ),
  );
}

/** Whether a person could dial it: 5 to 15 digits (E.164 has no longer ones), a + before them, blanks and ( ) / . - between. */
export function isPhone(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '').length;
  return /^\+?[\d\s()/.-]+$/.test(text.trim()) && digits >= 5 && digits <= 15;
}
