import { Temporal } from 'temporal-polyfill';

import { locale } from '../i18n/locale.ts';

function format(date: string, options: Intl.DateTimeFormatOptions): string {
  return Temporal.PlainDate.from(date).toLocaleString(locale, options).replace(',', '');
}

/** `Mon 23 Nov 2026` */
export function dateWithYear(date: string): string {
  return format(date, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
}

/** `Mon 23 Nov` */
export function shortDate(date: string): string {
  return format(date, { weekday: 'short', day: 'numeric', month: 'short' });
}

/** `Monday 23 November 2026`, for the screen reader. */
export function spokenDate(date: string): string {
  return format(date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** `4 Mar 1961` */
export function birthDate(date: string): string {
  return format(date, { day: 'numeric', month: 'short', year: 'numeric' });
}
