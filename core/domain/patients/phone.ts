/** The digits of a phone number, without leading zeros and without a (0), which nobody dials from abroad. */
export function phoneDigits(phone: string): string {
  return phone.replaceAll('(0)', '').replaceAll(/\D/g, '').replace(/^0+/, '');
}

const isInternational = /^\s*(?:\+|00)/;
/** The assigned country codes of ITU-T E.164: those of one digit, those of two, and all others with three. */
const countryCode = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/**
 * The digits to look for when a person types a phone number: its own, and those without the country code where it has one,
 * because the clinic may have written the number down as it is dialled at home. Forms of fewer than four digits are left
 * out: too many numbers hold them.
 */
export function phoneForms(phone: string): string[] {
  const digits = phoneDigits(phone);
  const forms = isInternational.test(phone) ? [digits, phoneDigits(digits.replace(countryCode, ''))] : [digits];
  return forms.filter((form) => form.length >= minSearchedDigits);
}

const minSearchedDigits = 4;
const minComparedDigits = 6;

/** Whether two numbers, each with or without country code, leading 0 and blanks, may be one telephone. */
export function isSamePhone(a: string, b: string): boolean {
  return phoneForms(a).some((one) =>
    phoneForms(b).some(
      (other) =>
        Math.min(one.length, other.length) >= minComparedDigits && (one.endsWith(other) || other.endsWith(one)),
    ),
  );
}

/** Whether a person could dial a text: 5 to 15 digits (E.164 allows no more), a + before them, blanks and ( ) / . - between. */
export function isPhone(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '').length;
  return /^\+?[\d\s()/.-]+$/.test(text.trim()) && digits >= 5 && digits <= 15;
}
