import { describe, expect, it } from 'vitest';

import { compilePhrase } from '../../../renderer/i18n/compile-phrase.ts';
import { i18n } from '../../../renderer/i18n/i18n.ts';
import { cardWordsOf } from '../../../renderer/visits/card-words.ts';

describe('a phrase with gaps', () => {
  it('translates once, and fills each gap wherever the phrase has it', () => {
    let translated = 0;
    const phrase = compilePhrase(['who', 'when'], ({ who, when }) => {
      translated++;
      return `${when}: ${who} (${who})`;
    });
    expect(phrase({ who: 'Amina', when: '09:30' })).toBe('09:30: Amina (Amina)');
    expect(phrase({ who: '{{when}}', when: '$&' })).toBe('$&: {{when}} ({{when}})');
    expect(translated).toBe(1);
  });

  it('says of a card what i18next says', () => {
    const { t } = i18n;
    const words = { time: '09:30', patient: 'Amina Yusuf', what: 'Check-up, Room 2', status: t('status.checked-in') };
    const card = cardWordsOf(t);
    expect(card.name(words)).toBe(t('calendar.card', words));
    expect(card.provisionalName(words)).toBe(t('calendar.cardProvisional', words));
    expect(card.status('checked-in')).toBe(words.status);
    expect(card.waiting({ minutes: '12' })).toBe(t('calendar.waitingMinutes', { minutes: 12 }));
  });
});
