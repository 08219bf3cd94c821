import { readBirthDate } from './birth-date.ts';
import { phoneForms } from './phone.ts';

/** What a person typed to find somebody, taken apart. */
export interface PatientQuery {
  /** The words that are neither date nor phone, as typed. */
  readonly name: string;
  /** Days that are meant as a birth date, the likelier first. */
  readonly birthDates: readonly string[];
  /** The phone number as typed; empty where digits without signs say a date as well. */
  readonly phone: string;
  /** What of digits to look for, any of it: birth dates (`1980-03-07`), and digits of a phone. */
  readonly numbers: readonly string[];
}

const isNumber = (word: string) => /^[+\d()/.-]*\d[\d()/.-]*$/.test(word);
const hasSigns = (word: string) => /[^\d\s]/.test(word);

/** How many of the words from `at` on are a date with signs in it or a month by its name; 0: none. */
function dateLengthAt(words: readonly string[], at: number): number {
  for (const length of [3, 2, 1]) {
    const text = words.slice(at, at + length).join(' ');
    if (at + length <= words.length && hasSigns(text) && readBirthDate(text).length > 0) return length;
  }
  return 0;
}

/**
 * Takes apart what was typed into the patient search: a name, a birth date, a phone number, in any order and together.
 * Digits without signs may be both a date and a phone, and are then looked for as both; fewer than four are part of a name.
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
