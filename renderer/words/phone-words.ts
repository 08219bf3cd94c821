import { phoneDigits } from '../../core/domain/patients/phone.ts';

const shownDigits = 4;

/** The last digits of a phone number, which tell namesakes apart; empty without a number. */
export function lastDigitsOf(phone: string): string {
  return phoneDigits(phone).slice(-shownDigits);
}
