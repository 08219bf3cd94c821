import { foldName, wordsOf } from '../text/fold-name.ts';
import { editDistance, slipsForgiven } from './edit-distance.ts';

/** How well one typed word fits a name, from 0 (not at all) to 1. The word and the name's words are folded. */
function fitOfWord(typed: string, nameWords: readonly string[]): number {
  if (nameWords.includes(typed)) return 1;
  if (nameWords.some((word) => word.startsWith(typed))) return 0.9;
  // People type Maryann for Mary-Ann, and find Müllerstein by its end.
  if (nameWords.join('').includes(typed)) return 0.8;
  const forgiven = slipsForgiven(typed.length);
  const slips = Math.min(...nameWords.map((word) => editDistance(typed, word)));
  if (slips <= forgiven) return 0.7 - slips * 0.1;
  // The person may still be typing.
  const early = Math.min(
    ...nameWords.flatMap((word) => beginningsOf(word, typed.length)).map((part) => editDistance(typed, part)),
  );
  return early <= forgiven ? 0.45 - early * 0.1 : 0;
}

/** The beginnings of a word with as many letters as were typed, one fewer, and one more. */
function beginningsOf(word: string, length: number): string[] {
  return [-1, 0, 1].map((more) => word.slice(0, length + more));
}

/** How well a typed name fits a person's, in any order of words: from 0 (some typed word does not fit at all) to 1. */
export function fitOfName(typed: string, name: string): number {
  const nameWords = wordsOf(foldName(name));
  const fits = wordsOf(foldName(typed)).map((word) => fitOfWord(word, nameWords));
  if (fits.includes(0)) return 0;
  return fits.length === 0 ? 1 : fits.reduce((sum, fit) => sum + fit, 0) / fits.length;
}

/**
 * The patients whom a typed name may mean, the likeliest first. Of equally likely patients, those whose name holds the typed
 * text letter by letter come first, then the order is by name. An empty name means everybody.
 */
export function rankPatients<P extends { readonly displayName: string; readonly patientId: string }>(
  typedName: string,
  patients: readonly P[],
): P[] {
  const typed = typedName.toLowerCase();
  const key = (patient: P) => `${foldName(patient.displayName)} ${patient.patientId}`;
  return patients
    .map((patient) => ({
      patient,
      fit: fitOfName(typedName, patient.displayName),
      isAsTyped: patient.displayName.toLowerCase().includes(typed),
      key: key(patient),
    }))
    .filter(({ fit }) => fit > 0)
    .toSorted((a, b) => b.fit - a.fit || Number(b.isAsTyped) - Number(a.isAsTyped) || (a.key < b.key ? -1 : 1))
    .map(({ patient }) => patient);
}
