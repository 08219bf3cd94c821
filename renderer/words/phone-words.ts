import { phoneDigits } from '../../core/domain/patients/phone.ts';

const shownDigits = 4;

/** By which a person on the phone can be told from a namesake; empty where there is no number. */
export function lastDigitsOf(phone: string): string {
  return phoneDigits(phone).slice(-shownDigits);
}
