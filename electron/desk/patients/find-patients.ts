import type { Patient } from '../../../core/calendar/appointment.ts';
import { readPatientQuery } from '../../../core/domain/patients/patient-query.ts';
import { rankPatients } from '../../../core/domain/patients/rank-patients.ts';
import { maxPatientsCompared, maxPatientsFound } from '../../../core/domain/patients/search-limits.ts';
import { foldName, wordsOf } from '../../../core/domain/text/fold-name.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { prepared } from '../store/prepared.ts';

const maxWords = 8;
const trigram = 3;

/**
 * Finds up to 20 of the patients whom this desk knows, the likeliest first, by name, birth date or phone. Forgives slips and
 * accents as the server's search does. The desk knows the patients of the held days and those of earlier searches.
 */
export function findPatients(store: Store, orgId: string, query: string): Patient[] {
  const { name, numbers } = readPatientQuery(query);
  const words = wordsOf(foldName(name)).slice(0, maxWords);
  if (words.length + numbers.length === 0) return [];
  const ofNumbers = numbers.map(phrase).join(' OR ');
  const written = candidates(store, orgId, [...words.map(writtenPart), ofNumbers], words.filter(isTooShort));
  const found = new Map(written.map((patient) => [patient.patientId, patient]));
  if (found.size < maxPatientsCompared) {
    const nearly = candidates(store, orgId, [...words.map(nearPart), ofNumbers], words.filter(isTooShort));
    for (const patient of nearly) found.set(patient.patientId, patient);
  }
  return rankPatients(name, [...found.values()]).slice(0, maxPatientsFound);
}

/**
 * The index finds two letters at the beginning of a word, because a blank stands before each word; it cannot find one
 * letter.
 */
const isTooShort = (word: string) => ` ${word}`.length < trigram;
const phrase = (text: string) => `"${text.replaceAll('"', '""')}"`;

function writtenPart(word: string): string {
  if (isTooShort(word)) return '';
  return word.length < trigram ? phrase(` ${word}`) : phrase(word);
}

/** Matches any trigram of the word, the one of its beginning included. `rankPatients` drops the patients who do not fit. */
function nearPart(word: string): string {
  if (word.length <= trigram) return writtenPart(word);
  const text = ` ${word}`;
  return Array.from({ length: text.length - trigram + 1 }, (_, at) => phrase(text.slice(at, at + trigram))).join(
    ' OR ',
  );
}

/** Loads patients who match each part, the nearest first. `beginnings` are compared without the index. */
function candidates(store: Store, orgId: string, parts: readonly string[], beginnings: readonly string[]): Patient[] {
  const match = parts
    .filter((part) => part !== '')
    .map((part) => `(${part})`)
    .join(' AND ');
  const patterns = JSON.stringify(beginnings.map((word) => `% ${word}%`));
  const isBegun = `not exists (select 1 from json_each(?) pattern where p.search_text not like pattern.value)`;
  const texts =
    match === ''
      ? prepared(
          store,
          `select p.patient from patients p where p.org_id = ? and ${isBegun} limit ${maxPatientsCompared}`,
        )
          .pluck()
          .all(orgId, patterns)
      : prepared(
          store,
          `select p.patient from patient_search s join patients p on p.number = s.rowid
           where s.search_text match ? and p.org_id = ? and ${isBegun} order by s.rank limit ${maxPatientsCompared}`,
        )
          .pluck()
          .all(match, orgId, patterns);
  return JSON.parse(`[${(texts as string[]).join(',')}]`) as Patient[];
}
