import { readBirthDate } from './birth-date.ts';
import { phoneForms } from './phone.ts';

/** What a person typed into the patient search, taken apart. */
export interface PatientQuery {
  /** The words that are neither a date nor a phone number, as typed. */
  readonly name: string;
  /** The days (`1980-03-07`) that may be meant as a birth date, the likeliest first. */
  readonly birthDates: readonly string[];
  /** The phone number as typed; empty where its digits are also a date. */
  readonly phone: string;
  /** What to look for among birth dates (`1980-03-07`) and phone numbers (digits); one match suffices. */
  readonly numbers: readonly string[];
}

const isNumber = (word: string) => /^[+\d()/.-]*\d[\d()/.-]*$/.test(word);
const hasSigns = (word: string) => /[^\d\s]/.test(word);

/** How many words from `at` on are one date, written with signs or with the month's name; 0 where they are none. */
function dateLengthAt(words: readonly string[], at: number): number {
  for (const length of [3, 2, 1]) {
    const text = words.slice(at, at + length).join(' ');
    if (at + length <= words.length && hasSigns(text) && readBirthDate(text).length > 0) return length;
  }
  return 0;
}

/**
 * Takes apart what a person typed into the patient search: a name, a birth date and a phone number, in any order. Digits
 * without signs may be both a date and a phone number; the search then looks for both. Fewer than four digits are part of
 * a name.
 */
export function readPatientQuery(text: string): PatientQuery {
  const words = text.trim().split(/\s+/);
  const names: string[] = [];
  const phones: string[] = [];
  const birthDates: string[] = [];
  const numbers: string[] = [];
  const takeDates = (dates: readonly string[]) => {
    birthDates.push(...dates);
    numbers.push(...dates);
  };
  for (let at = 0; at < words.length;) {
    const dateLength = dateLengthAt(words, at);
    if (dateLength > 0) {
      takeDates(readBirthDate(words.slice(at, at + dateLength).join(' ')));
      at += dateLength;
      continue;
    }
    let end = at;
    while (end < words.length && isNumber(words[end] ?? '') && (end === at || dateLengthAt(words, end) === 0)) end++;
    const run = words.slice(at, Math.max(end, at + 1)).join(' ');
    const forms = end > at ? phoneForms(run) : [];
    const dates = end > at ? readBirthDate(run) : [];
    takeDates(dates);
    numbers.push(...forms);
    if (forms.length === 0 && dates.length === 0) names.push(run);
    else if (dates.length === 0) phones.push(run);
    at = Math.max(end, at + 1);
  }
  return { name: names.join(' ').trim(), birthDates, phone: phones.join(' '), numbers: [...new Set(numbers)] };
}
