import type { Patient } from '../../core/calendar/appointment.ts';
import { faultOfBirthDate, readBirthDate } from '../../core/domain/patients/birth-date.ts';
import { maxAlertLength, maxNameLength, maxPhoneLength } from '../../core/domain/patients/patient-limits.ts';
import { readPatientQuery } from '../../core/domain/patients/patient-query.ts';
import { isPhone } from '../../core/domain/patients/phone.ts';
import { foldName } from '../../core/domain/text/fold-name.ts';
import { faultOfText, isReadableName, tidyText } from '../../core/domain/text/tidy-text.ts';
import { newId } from '../commands/make-command.ts';
import { birthDate as birthDateWords } from '../words/format-date.ts';

/** The fields of a patient who is being registered, as typed. They stay when the person goes back to the search. */
export interface Registration {
  readonly patientId: string;
  readonly name: string;
  readonly birthDate: string;
  readonly phone: string;
  readonly alert: string;
  /** The text of the search from which the fields were filled. */
  readonly searched: string;
  readonly isOpen: boolean;
}

/** Whether the search may still mean the patient of the fields: one name continues the other, or is empty. */
function isOfThem(name: string, before: Registration): boolean {
  const [searched, written] = [foldName(name), foldName(before.name)];
  return searched.startsWith(written) || written.startsWith(searched);
}

/**
 * Opens the fields, filled from the text of the search. A field that the search says nothing of keeps its former text,
 * unless the search means somebody else: nobody gets another patient's phone.
 */
export function beginRegistration(searched: string, before: Registration | null): Registration {
  const blank = { patientId: newId(), name: '', birthDate: '', phone: '', alert: '' };
  if (before?.searched === searched) return { ...before, isOpen: true };
  const { name, birthDates, phone } = readPatientQuery(searched);
  return {
    ...(before && isOfThem(name, before) ? before : blank),
    ...(name === '' ? {} : { name }),
    ...(birthDates.length === 0 ? {} : { birthDate: dateToType(birthDates) }),
    ...(phone === '' ? {} : { phone }),
    searched,
    isOpen: true,
  };
}

/** The birth date in words where it has one meaning; else in figures, so that the person sees the doubt. */
function dateToType(birthDates: readonly string[]): string {
  const [birthDate = '', ...others] = birthDates;
  return others.length === 0 ? birthDateWords(birthDate) : birthDate.split('-').toReversed().join('.');
}

type TextFault = NonNullable<ReturnType<typeof faultOfText>>;

export interface RegistrationFaults {
  readonly name?: 'missing' | TextFault;
  readonly birthDate?: 'missing' | 'unreadable' | 'in-the-future' | 'too-long-ago';
  readonly phone?: 'not-a-phone';
  readonly alert?: TextFault;
}

export interface RegistrationReading {
  /** The patient as far as the fields can be read: an unreadable birth date or phone is empty. */
  readonly patient: Patient;
  /** The meanings of the birth date, the likelier first, without dates on which nobody can be born. */
  readonly birthDates: readonly string[];
  readonly faults: RegistrationFaults;
}

/** Reads the fields and finds their faults. `today` is the clinic's date, `2026-11-23`. */
export function readRegistration(registration: Registration, today: string): RegistrationReading {
  const { patientId, alert } = registration;
  const displayName = tidyText(registration.name);
  const phone = tidyText(registration.phone);
  const nameFault = isReadableName(displayName) ? faultOfText(registration.name, maxNameLength) : 'missing';
  const alertFault = faultOfText(alert, maxAlertLength);
  const read = readBirthDate(registration.birthDate);
  const birthDates = read.filter((date) => faultOfBirthDate(date, today) === null);
  const [birthDate = ''] = birthDates;
  const hasPhone = phone === '' || (isPhone(phone) && phone.length <= maxPhoneLength);
  const birthDateFault = birthDate === '' ? faultOfTypedDate(registration.birthDate, read, today) : null;
  return {
    patient: { patientId, displayName, birthDate, phone: hasPhone ? phone : '', alert: tidyText(alert) },
    birthDates,
    faults: {
      ...(nameFault ? { name: nameFault } : {}),
      ...(birthDateFault ? { birthDate: birthDateFault } : {}),
      ...(hasPhone ? {} : { phone: 'not-a-phone' }),
      ...(alertFault ? { alert: alertFault } : {}),
    },
  };
}

function faultOfTypedDate(typed: string, read: readonly string[], today: string): RegistrationFaults['birthDate'] {
  const [likeliest] = read;
  if (likeliest !== undefined) return faultOfBirthDate(likeliest, today) ?? 'unreadable';
  return typed.trim() === '' ? 'missing' : 'unreadable';
}
