import type { TFunction } from 'i18next';

import type { AppointmentStatus, NextStep } from '../../core/domain/statuses.ts';
import { compilePhrase } from '../i18n/compile-phrase.ts';

/** The words that the cards of a day repeat, in one language. */
export interface CardWords {
  readonly act: Readonly<Record<NextStep, string>>;
  status(status: AppointmentStatus): string;
  waiting(words: { readonly minutes: string }): string;
  name(words: NameWords): string;
  provisionalName(words: NameWords): string;
}

type NameWords = Readonly<Record<(typeof nameGaps)[number], string>>;

const nameGaps = ['time', 'patient', 'what', 'status'] as const;
const ofLanguage = new WeakMap<TFunction, CardWords>();

/** Translates once for each `t`: a thousand cards that each translate take a quarter of the script time of a mount. */
export function cardWordsOf(t: TFunction): CardWords {
  const known = ofLanguage.get(t);
  if (known) return known;
  const statuses = new Map<AppointmentStatus, string>();
  const words: CardWords = {
    act: {
      arrive: t('visit.act.arrive'),
      'check-in': t('visit.act.check-in'),
      fulfil: t('visit.act.fulfil'),
    },
    status(status) {
      const word = statuses.get(status) ?? t(`status.${status}`);
      statuses.set(status, word);
      return word;
    },
    waiting: compilePhrase(['minutes'], (marks) => t('calendar.waitingMinutes', marks)),
    name: compilePhrase(nameGaps, (marks) => t('calendar.card', marks)),
    provisionalName: compilePhrase(nameGaps, (marks) => t('calendar.cardProvisional', marks)),
  };
  ofLanguage.set(t, words);
  return words;
}
