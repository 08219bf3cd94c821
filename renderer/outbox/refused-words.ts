import type { TFunction } from 'i18next';

import type { Site } from '../../core/calendar/calendar.ts';
import type { OutboxEntry } from '../../core/contract/desk/outbox-entry.ts';
import { whenWords } from '../words/when-words.ts';

/** "Booking Mon 23 Nov 09:00: Amina Yusuf": the refused command, in the clinic's time. */
export function refusedWords(
  { typed, expected, patient }: Pick<OutboxEntry, 'typed' | 'expected' | 'patient'>,
  sites: readonly Site[],
  t: TFunction,
): string {
  const start = expected?.scheduledStart ?? (typed.type === 'book' ? typed.command.body.scheduledStart : null);
  const timeZone = sites.find(({ siteId }) => siteId === expected?.siteId)?.timeZone ?? 'UTC';
  const when = start === null ? '' : whenWords(start, timeZone, null);
  const what = t(`outbox.what.${typed.type}`, { when }).trim();
  return patient ? t('outbox.item', { what, patient: patient.displayName }) : what;
}
