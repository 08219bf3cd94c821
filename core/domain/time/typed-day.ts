import { Temporal } from 'temporal-polyfill';

import { foldName } from '../text/fold-name.ts';
import { monthOf } from './month-names.ts';

/** Two days of the site: `2026-11-24`. */
export interface TypedDayContext {
  readonly today: string;
  /** The day on the screen, from which a signed step counts. */
  readonly shown: string;
}

const firstYear = 2000;
const lastYear = 2099;

/** A day without a year that lies at most this far back means the past day, and not next year's. */
const lookBackDays = 28;

const dayWords: Readonly<Record<string, number>> = {
  today: 0,
  heute: 0,
  tomorrow: 1,
  morgen: 1,
  yesterday: -1,
  gestern: -1,
};

const weekdayNames = [
  ['monday', 'montag'],
  ['tuesday', 'dienstag'],
  ['wednesday', 'mittwoch'],
  ['thursday', 'donnerstag'],
  ['friday', 'freitag'],
  ['saturday', 'samstag'],
  ['sunday', 'sonntag'],
];

const units: Readonly<Record<string, 'days' | 'weeks' | 'months' | 'years'>> = {
  d: 'days',
  t: 'days',
  w: 'weeks',
  m: 'months',
  y: 'years',
  j: 'years',
};

const yearFirst = /^(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})$/;
const monthInFigures = /^(\d{1,2})[-./ ]+(\d{1,2})(?:\.|[-./ ]+(\d{4}|\d{2}))?$/;
const monthInWords = /^(\d{1,2})[-./ ]*(\p{L}{3,})[-./ ]*(\d{4}|\d{2})?$/u;
const monthBefore = /^(\p{L}{3,})[-./ ]*(\d{1,2})(?:[-.,/ ]+(\d{4}|\d{2}))?$/u;
const dayAlone = /^(\d{1,2})\.?$/;
const step =
  /^([+-]|in )? ?(\d{1,3}) ?(?:(d|t|w|m|y|j)|days?|weeks?|months?|years?|tag(?:en?)?|wochen?|monat(?:en?)?|jahr(?:en?)?)?$/;

/**
 * Reads what a person typed to go to a day: the day as `2026-12-24`, or null where the text names no day from 2000 to 2099.
 *
 * Takes 2026-12-24, 24.12.2026, 24.12., 24/12, 24 Dec, December 24 and 24; today, tomorrow and yesterday; monday and next
 * fri. Signed steps (+2w, -3) count from the day on the screen, steps without a sign (2 weeks, in 3 d) from today. The day
 * comes before the month where both readings are possible. A date without a year is the coming one, or one of the last 28
 * days. A weekday is the next one after today. Words are English and German.
 */
export function readTypedDay(text: string, { today, shown }: TypedDayContext): string | null {
  const typed = text.trim().replaceAll(/\s+/g, ' ').replaceAll('−', '-').toLowerCase();
  const now = Temporal.PlainDate.from(today);
  const found = fromWord(typed, now) ?? fromStep(typed, now, Temporal.PlainDate.from(shown)) ?? fromDate(typed, now);
  return found && found.year >= firstYear && found.year <= lastYear ? found.toString() : null;
}

function fromWord(typed: string, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const word = foldName(typed.replace(/^(?:next|on|am) /, ''));
  const days = Object.entries(dayWords).find(([known]) => foldName(known) === word)?.[1];
  if (days !== undefined) return today.add({ days });
  if (word.length < 2 || !/^\p{L}+$/u.test(word)) return null;
  const weekday = weekdayNames.findIndex((names) => names.some((name) => foldName(name).startsWith(word))) + 1;
  return weekday === 0 ? null : today.add({ days: (weekday - today.dayOfWeek + 7) % 7 || 7 });
}

function fromStep(typed: string, today: Temporal.PlainDate, shown: Temporal.PlainDate): Temporal.PlainDate | null {
  const [, sign, count, letter] = step.exec(typed) ?? [];
  if (count === undefined) return null;
  const unit = letter ?? /\d ?(\p{L})/u.exec(typed)?.[1];
  // A number alone is a day of the month.
  if (unit === undefined && (sign === undefined || sign === 'in ')) return null;
  const from = sign === '+' || sign === '-' ? shown : today;
  const amount = Number(count) * (sign === '-' ? -1 : 1);
  return from.add({ [units[unit ?? 'd'] ?? 'days']: amount });
}

function fromDate(typed: string, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const iso = yearFirst.exec(typed);
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const figures = monthInFigures.exec(typed);
  if (figures) {
    const [, first, second, year] = figures;
    return inYear(Number(second), Number(first), year, today) ?? inYear(Number(first), Number(second), year, today);
  }
  const words = monthInWords.exec(typed);
  if (words) return inYear(monthOf(words[2] ?? ''), Number(words[1]), words[3], today);
  const before = monthBefore.exec(typed);
  if (before) return inYear(monthOf(before[1] ?? ''), Number(before[2]), before[3], today);
  const alone = dayAlone.exec(typed);
  return alone ? nextDayOfMonth(Number(alone[1]), today) : null;
}

function dayOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}

function inYear(month: number, day: number, year: string | undefined, today: Temporal.PlainDate) {
  if (month === 0) return null;
  if (year !== undefined) return dayOf(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const earliest = today.subtract({ days: lookBackDays });
  // The next 29 February may be eight years off.
  for (let n = 0; n <= 8; n++) {
    const date = dayOf(earliest.year + n, month, day);
    if (date && Temporal.PlainDate.compare(date, earliest) >= 0) return date;
  }
  return null;
}

function nextDayOfMonth(day: number, today: Temporal.PlainDate): Temporal.PlainDate | null {
  for (let n = 0; n <= 2; n++) {
    const { year, month } = today.add({ months: n });
    const date = dayOf(year, month, day);
    if (date && Temporal.PlainDate.compare(date, today) >= 0) return date;
  }
  return null;
}
