/**
 * The locale of dates and numbers. The words of the screen are English; 24 hours and the day before the month are not
 * American.
 */
export const locale = 'en-GB';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The weekday that begins a week in a language: Monday in `de`, Sunday in `en-US`, Saturday in `ar-EG`. */
export function weekStartOf(language: string): (typeof weekdays)[number] {
  const spoken: Intl.Locale & { getWeekInfo?(): { readonly firstDay: number } } = new Intl.Locale(language);
  return weekdays[(spoken.getWeekInfo?.().firstDay ?? 1) - 1] ?? 'mon';
}
