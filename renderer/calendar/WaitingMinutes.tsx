import { useTranslation } from 'react-i18next';

import { minuteOf, useMinute } from './clock.ts';

export function waitedMinutes(arrivedAt: string, minute: number): number {
  return Math.max(0, minute - minuteOf(arrivedAt));
}

/**
 * How long a patient has waited: amber from 15 minutes, red from 30. A picture beside a name: it changes every minute,
 * and what is named must not.
 */
export function WaitingMinutes({ arrivedAt }: { readonly arrivedAt: string }) {
  const { t } = useTranslation();
  const minutes = waitedMinutes(arrivedAt, useMinute());
  const alarm = minutes >= 30 ? 'red' : minutes >= 15 ? 'amber' : undefined;
  return (
    <span
      className="waiting"
      data-alarm={alarm}
      data-words={t('calendar.waitingMinutes', { minutes })}
      data-minutes={minutes}
      aria-hidden
    />
  );
}
