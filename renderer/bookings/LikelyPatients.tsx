import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Patient } from '../../core/calendar/appointment.ts';
import { birthDate } from '../words/format-date.ts';
import { lastDigitsOf } from '../words/phone-words.ts';

const maxShown = 4;

interface LikelyPatientsProps {
  readonly patients: readonly Patient[];
  /** Grows each time the person tries to go on in spite of the likely patients: then the first one takes the focus. */
  readonly insisted: number;
  readonly onChoose: (patient: Patient) => void;
}

/** The known patients who may be the new one. One tap takes the known patient instead. */
export function LikelyPatients({ patients, insisted, onChoose }: LikelyPatientsProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (insisted > 0) list.current?.querySelector('button')?.focus();
  }, [insisted]);

  return (
    <div aria-live="polite" className="empty:hidden">
      {patients.length > 0 ? (
        <div className="rounded-md bg-warn-ground px-2 py-2">
          <p className="px-1 pb-1 text-grid font-semibold text-warn">{t('registration.likely')}</p>
          <ul ref={list} className="grid gap-1">
            {patients.slice(0, maxShown).map((patient) => (
              <li key={patient.patientId}>
                <Button
                  type="button"
                  className="button button-small w-full justify-between font-normal"
                  onPress={() => onChoose(patient)}
                >
                  <span className="min-w-0 flex-1 truncate text-start font-medium" dir="auto">
                    {patient.displayName}
                  </span>
                  {patient.alert ? <TriangleAlert aria-hidden size={13} className="shrink-0 text-alarm" /> : null}
                  <span className="text-small text-soft tabular">{birthDate(patient.birthDate)}</span>
                  <span className="text-small text-faint tabular">
                    {patient.phone ? `…${lastDigitsOf(patient.phone)}` : null}
                  </span>
                </Button>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
