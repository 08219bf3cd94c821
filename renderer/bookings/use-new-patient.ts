import { useEffect, useState } from 'react';

import type { Patient } from '../../core/calendar/appointment.ts';
import { readRegistration, type Registration, type RegistrationReading } from './registration.ts';
import { useLikelyDuplicates } from './use-likely-duplicates.ts';

/** The longest wait for the likely duplicates: their warning helps, and is no condition. */
const patienceMilliseconds = 3_000;

const nobody: Patient = { patientId: '', displayName: '', birthDate: '', phone: '', alert: '' };

export interface NewPatient {
  /** Null while nobody is being registered. */
  readonly reading: RegistrationReading | null;
  readonly likely: readonly Patient[];
  /** How often the person tried to go on in spite of likely duplicates. */
  readonly insisted: number;
  /** How often the person tried to go on. From the first time every fault is shown. */
  readonly asked: number;
  /** The person tried to go on before the likely duplicates were known. */
  readonly isWaiting: boolean;
  /** Goes on where the fields are right and nobody known is likely the same person; else shows the reason. */
  readonly submit: () => void;
  /** Goes on in spite of likely duplicates. */
  readonly submitAnyway: () => void;
}

/**
 * Reads the fields of a new patient, and looks for likely duplicates meanwhile. `today` is the clinic's date, `2026-11-23`.
 */
export function useNewPatient(
  registration: Registration | null,
  today: string,
  onReady: (patient: Patient) => void,
): NewPatient {
  const reading = registration && readRegistration(registration, today);
  const { found: likely, isLooking } = useLikelyDuplicates(reading?.patient ?? nobody);
  const [insisted, setInsisted] = useState(0);
  const [asked, setAsked] = useState(0);
  /** The fields at the moment when the person went on. A later change to the fields cancels that. */
  const [awaited, setAwaited] = useState<Registration | null>(null);
  const [givenUp, setGivenUp] = useState<Registration | null>(null);
  const isRight = reading !== null && Object.keys(reading.faults).length === 0;
  const isWaiting = awaited !== null && awaited === registration;

  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => setGivenUp(awaited), patienceMilliseconds);
    return () => clearTimeout(timer);
  }, [isWaiting, awaited]);

  function goOn() {
    setAwaited(null);
    if (likely.length > 0) setInsisted((times) => times + 1);
    else if (reading) onReady(reading.patient);
  }

  const isDue = isWaiting && (!isLooking || givenUp === registration);
  useEffect(() => {
    if (isDue) goOn();
    // oxlint-disable-next-line react/exhaustive-deps -- isDue changes once; goOn of that moment counts
  }, [isDue]);

  return {
    reading,
    likely,
    insisted,
    asked,
    isWaiting,
    submit() {
      setAsked((times) => times + 1);
      if (!isRight) return;
      if (isLooking && likely.length === 0) setAwaited(registration);
      else goOn();
    },
    submitAnyway() {
      setAsked((times) => times + 1);
      if (isRight) onReady(reading.patient);
    },
  };
}
