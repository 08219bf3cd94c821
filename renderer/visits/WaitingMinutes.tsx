import type { TFunction } from 'i18next';

import { minuteOf, useMinute } from '../words/clock.ts';
import { cardWordsOf } from './card-words.ts';

interface WaitingMinutesProps {
  readonly arrivedAt: string;
  /** Only figures: `12′`. */
  readonly isShort?: boolean;
  readonly t: TFunction;
}

export function waitedMinutes(arrivedAt: string, minute: number): number {
  return Math.max(0, minute - minuteOf(arrivedAt));
}

/**
 * How long a patient has waited: amber from 15 minutes, red from 30. The number is a picture beside a name, because it
 * changes every minute and a name must not.
 */
export function WaitingMinutes({ arrivedAt, isShort = false, t }: WaitingMinutesProps) {
  const minutes = waitedMinutes(arrivedAt, useMinute());
  const alarm = minutes >= 30 ? 'red' : minutes >= 15 ? 'amber' : undefined;
  return (
    <span
      className="waiting"
      data-alarm={alarm}
      data-words={isShort ? `${minutes}′` : cardWordsOf(t).waiting({ minutes: String(minutes) })}
      aria-hidden
    />
  );
}
