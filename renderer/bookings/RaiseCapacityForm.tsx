import { useState } from 'react';
import { Button, FieldError, Input, Label, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { maxReasonLength, minReasonLength } from '../../core/domain/bookings/limits.ts';
import { faultOfText, tidyText } from '../../core/domain/text/tidy-text.ts';

interface RaiseCapacityFormProps {
  readonly words: {
    readonly provider: string;
    readonly from: string;
    readonly until: string;
    readonly capacity: number;
  };
  readonly onRaise: (reason: string) => void;
  readonly onBack: () => void;
}

/** Overbooking gives one provider's slots one more seat, with a reason that stays in the audit trail. */
export function RaiseCapacityForm({ words, onRaise, onBack }: RaiseCapacityFormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const isShort = tidyText(reason).length < minReasonLength;
  const fault = faultOfText(reason, maxReasonLength);
  return (
    <form
      className="mt-4 grid gap-2 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (!isShort && !fault) onRaise(tidyText(reason));
      }}
    >
      <p className="font-semibold">{t('visit.raiseTitle')}</p>
      <p className="text-grid text-soft tabular">{t('visit.raiseDetail', words)}</p>
      <TextField value={reason} onChange={setReason} isInvalid={fault !== null || (isAsked && isShort)} autoFocus>
        <Label className="label">{t('visit.reason')}</Label>
        <Input className="field" placeholder={t('visit.reasonPlaceholder')} />
        <FieldError className="mt-1 block text-small text-alarm">
          {fault ? t(`visit.reasonFaults.${fault}`, { most: maxReasonLength }) : t('visit.reasonShort')}
        </FieldError>
      </TextField>
      <div className="flex gap-2">
        <Button type="submit" className="button button-solid">
          {t('visit.raiseSubmit', { capacity: words.capacity })}
        </Button>
        <Button type="button" className="button button-quiet" onPress={onBack}>
          {t('visit.back')}
        </Button>
      </div>
    </form>
  );
}
