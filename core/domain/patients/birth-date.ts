import { Temporal } from 'temporal-polyfill';

import { monthOf } from '../time/month-names.ts';

const firstYear = 1900;
const lastYear = 2099;

/** The years that the digits may mean. Two digits mean this century before the last one. */
function yearsOf(digits: string): number[] {
  const year = Number(digits);
  return digits.length === 4 ? [year] : [2000 + year, 1900 + year];
}

function datesOf(years: string, month: number, day: number): string[] {
  return yearsOf(years).flatMap((year) => {
    if (year < firstYear || year > lastYear) return [];
    try {
      return [Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString()];
    } catch {
      return [];
    }
  });
}

const yearFirst = /^(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})$/;
const yearLast = /^(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4}|\d{2})$/;
const wordBetween = /^(\d{1,2})[-./ ]*(\p{L}+)[-./ ]*(\d{4}|\d{2})$/u;
const wordFirst = /^(\p{L}+)[-./ ]*(\d{1,2})[-.,/ ]+(\d{4}|\d{2})$/u;
const unseparated = /^(\d{2})(\d{2})(\d{4}|\d{2})$/;
const unseparatedYearFirst = /^(\d{4})(\d{2})(\d{2})$/;

/**
 * Reads a text as a birth date: the days (`1980-03-07`) that it may mean, the likeliest first; empty where it is no date.
 * Takes 1980-03-07, 07.03.1980, 7/3/80, 07031980, 7 Mar 1980 and March 7, 1980, in English and German, with years from
 * 1900 to 2099. The day comes before the month where both readings are possible, and this century before the last where
 * two digits give the year.
 */
export function readBirthDate(text: string): string[] {
  const trimmed = text.trim().replaceAll(/\s+/g, ' ');
  const found: string[] = [];
  const take = (pattern: RegExp, read: (parts: [string, string, string]) => string[]) => {
    const [, a, b, c] = pattern.exec(trimmed) ?? [];
    if (a !== undefined && b !== undefined && c !== undefined) found.push(...read([a, b, c]));
  };
  take(yearFirst, ([year, month, day]) => datesOf(year, Number(month), Number(day)));
  take(unseparatedYearFirst, ([year, month, day]) => datesOf(year, Number(month), Number(day)));
  for (const pattern of [yearLast, unseparated]) {
    take(pattern, ([day, month, year]) => datesOf(year, Number(month), Number(day)));
    take(pattern, ([month, day, year]) => datesOf(year, Number(month), Number(day)));
  }
  take(wordBetween, ([day, month, year]) => datesOf(year, monthOf(month), Number(day)));
  take(wordFirst, ([month, day, year]) => datesOf(year, monthOf(month), Number(day)));
  return [...new Set(found)];
}

const maxAgeYears = 130;

/** Why nobody alive on `today` can have been born on `birthDate` (both `1980-03-07`); null where somebody can. */
export function faultOfBirthDate(birthDate: string, today: string): 'in-the-future' | 'too-long-ago' | null {
  const born = Temporal.PlainDate.from(birthDate);
  const now = Temporal.PlainDate.from(today);
  if (Temporal.PlainDate.compare(born, now) > 0) return 'in-the-future';
  return Temporal.PlainDate.compare(born, now.subtract({ years: maxAgeYears })) < 0 ? 'too-long-ago' : null;
}
