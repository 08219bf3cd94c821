import type { Patient } from '../../core/calendar/appointment.ts';
import { faultOfBirthDate, readBirthDate } from '../../core/domain/patients/birth-date.ts';
import { readPatientQuery } from '../../core/domain/patients/patient-query.ts';
import { isPhone } from '../../core/domain/patients/phone.ts';
import { foldName } from '../../core/domain/text/fold-name.ts';
import { newId } from '../commands/make-command.ts';
import { birthDate as birthDateWords } from '../words/format-date.ts';

/** A patient who is being registered: the fields as typed. They stay when the person goes back to the search. */
export interface Registration {
  readonly patientId: string;
  readonly name: string;
  readonly birthDate: string;
  readonly phone: string;
  readonly alert: string;
  /** What the search held as the fields were filled from it. */
  readonly searched: string;
  readonly isOpen: boolean;
}

/** Whether what is searched for now may be whom the fields were for: a name that goes on, or none. */
function isOfThem(name: string, before: Registration): boolean {
  const [searched, written] = [foldName(name), foldName(before.name)];
  return searched.startsWith(written) || written.startsWith(searched);
}

/**
 * Opens the fields, filled from what was typed into the search. What it says nothing of stays as it was typed before,
 * unless it is somebody else by now: then nobody gets another's phone.
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

/** In words where there is no doubt; else in figures, which leave the doubt to be seen. */
function dateToType(birthDates: readonly string[]): string {
  const [birthDate = '', ...others] = birthDates;
  return others.length === 0 ? birthDateWords(birthDate) : birthDate.split('-').toReversed().join('.');
}

export interface RegistrationFaults {
  readonly name?: 'missing';
  readonly birthDate?: 'missing' | 'unreadable' | 'in-the-future' | 'too-long-ago';
  readonly phone?: 'not-a-phone';
}

export interface RegistrationReading {
  /** As far as it can be read: an unreadable birth date or phone is empty. */
  readonly patient: Patient;
  /** What the birth date may mean, the likelier first, with those left out on which nobody was born. */
  readonly birthDates: readonly string[];
  readonly faults: RegistrationFaults;
}

/** What the fields say, and what is wrong with them. `today` is the clinic's, `2026-11-23`. */
export function readRegistration(registration: Registration, today: string): RegistrationReading {
  const { patientId, alert } = registration;
  const displayName = registration.name.trim().replaceAll(/\s+/g, ' ');
  const phone = registration.phone.trim();
  const read = readBirthDate(registration.birthDate);
  const birthDates = read.filter((date) => faultOfBirthDate(date, today) === null);
  const [birthDate = ''] = birthDates;
  const hasPhone = phone === '' || isPhone(phone);
  const birthDateFault = birthDate === '' ? faultOfTypedDate(registration.birthDate, read, today) : null;
  return {
    patient: { patientId, displayName, birthDate, phone: hasPhone ? phone : '', alert: alert.trim() },
    birthDates,
    faults: {
      ...(displayName === '' ? { name: 'missing' } : {}),
      ...(birthDateFault ? { birthDate: birthDateFault } : {}),
      ...(hasPhone ? {} : { phone: 'not-a-phone' }),
    },
  };
}

function faultOfTypedDate(typed: string, read: readonly string[], today: string): RegistrationFaults['birthDate'] {
  const [likeliest] = read;
  if (likeliest !== undefined) return faultOfBirthDate(likeliest, today) ?? 'unreadable';
  return typed.trim() === '' ? 'missing' : 'unreadable';
}
