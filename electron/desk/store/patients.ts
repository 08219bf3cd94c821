import type { Patient } from '../../../core/calendar/appointment.ts';
import { phoneDigits } from '../../../core/domain/patients/phone.ts';
import { foldName } from '../../../core/domain/text/fold-name.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { calendarWritten } from './kept-in-memory.ts';
import { prepared } from './prepared.ts';

/**
 * Puts a blank before each word, so that a search can ask for its beginning. The server's patient_search_text does the same.
 */
function searchTextOf({ displayName, birthDate, phone }: Patient): string {
  return ` ${foldName(displayName)} ${birthDate} ${phoneDigits(phone)}`;
}

/** Writes a patient. `searchedAt` (RFC 3339, UTC): a search found the patient then. Returns whether the patient changed. */
export function writePatient(store: Store, orgId: string, patient: Patient, searchedAt: string | null = null): boolean {
  const text = JSON.stringify(patient);
  const known = prepared<[string, string], { patient: string }>(
    store,
    'select patient from patients where org_id = ? and patient_id = ?',
  ).get(orgId, patient.patientId);
  if (known?.patient === text && searchedAt === null) return false;
  calendarWritten(store);
  prepared(
    store,
    `insert into patients (org_id, patient_id, patient, search_text, searched_at) values (?, ?, ?, ?, ?)
     on conflict (org_id, patient_id) do update set patient = excluded.patient, search_text = excluded.search_text,
       searched_at = coalesce(excluded.searched_at, searched_at)`,
  ).run(orgId, patient.patientId, text, searchTextOf(patient), searchedAt);
  return known?.patient !== text;
}

/** Writes many patients; faster, and without telling who changed. */
export function writePatients(store: Store, orgId: string, patients: readonly Patient[]): void {
  calendarWritten(store);
  const put = prepared<string[]>(
    store,
    `insert into patients (org_id, patient_id, patient, search_text) values (?, ?, ?, ?)
     on conflict (org_id, patient_id) do update set patient = excluded.patient, search_text = excluded.search_text
     where excluded.patient <> patient`,
  );
  // Many of a day's patients came with another day. One query finds those, and they are not written again.
  const ids = JSON.stringify(patients.map(({ patientId }) => patientId));
  const known = new Set(
    prepared<[string, string], string>(
      store,
      'select patient from patients where org_id = ? and patient_id in (select value from json_each(?))',
    )
      .pluck()
      .all(orgId, ids),
  );
  for (const patient of patients) {
    const text = JSON.stringify(patient);
    if (!known.has(text)) put.run(orgId, patient.patientId, text, searchTextOf(patient));
  }
}

export function loadPatient(store: Store, orgId: string, patientId: string): Patient | null {
  const text = prepared<[string, string], string>(
    store,
    'select patient from patients where org_id = ? and patient_id = ?',
  )
    .pluck()
    .get(orgId, patientId);
  return text === undefined ? null : (JSON.parse(text) as Patient);
}

/** Loads those of these patients whom the desk knows, in the order of their ids. */
export function loadPatients(store: Store, orgId: string, patientIds: readonly string[]): Patient[] {
  const texts = prepared<[string, string], string>(
    store,
    `select patient from patients where org_id = ? and patient_id in (select value from json_each(?)) order by patient_id`,
  )
    .pluck()
    .all(orgId, JSON.stringify(patientIds));
  return JSON.parse(`[${texts.join(',')}]`) as Patient[];
}

/** Deletes a patient whose registration was refused, unless a visit names them or a search found them. */
export function removePatient(store: Store, orgId: string, patientId: string): void {
  calendarWritten(store);
  prepared(
    store,
    `delete from patients where org_id = ? and patient_id = ? and searched_at is null
       and not exists (select 1 from appointments a where a.org_id = patients.org_id and a.patient_id = patients.patient_id)`,
  ).run(orgId, patientId);
}
