import { Minus, Plus } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { maxVisitMinutes } from '../../core/domain/bookings/limits.ts';
import { minutesPerQuarter } from '../../core/domain/time/quarter.ts';

interface LengthStepperProps {
  readonly minutes: number;
  readonly onChange: (minutes: number) => void;
}

/** The length of a visit, changed in steps of one slot. */
export function LengthStepper({ minutes, onChange }: LengthStepperProps) {
  const { t } = useTranslation();
  return (
    <div
      role="group"
      aria-label={t('booking.length')}
      className="flex items-center rounded-md border border-line-strong"
    >
      <Button
        type="button"
        className="px-2 py-[7px] text-soft disabled:opacity-40"
        aria-label={t('booking.shorter')}
        isDisabled={minutes <= minutesPerQuarter}
        onPress={() => onChange(minutes - minutesPerQuarter)}
      >
        <Minus aria-hidden size={13} />
      </Button>
      <output className="min-w-13 text-center text-grid tabular">{t('booking.minutes', { minutes })}</output>
      <Button
        type="button"
        className="px-2 py-[7px] text-soft disabled:opacity-40"
        aria-label={t('booking.longer')}
        isDisabled={minutes >= maxVisitMinutes}
        onPress={() => onChange(minutes + minutesPerQuarter)}
      >
        <Plus aria-hidden size={13} />
      </Button>
    </div>
  );
}
