import { foldName, wordsOf } from '../text/fold-name.ts';
import { editDistance, slipsForgiven } from './edit-distance.ts';
import { isSamePhone } from './phone.ts';

/** What tells people apart. The birth date is `1980-03-07`; an unknown member is empty. */
export interface Identity {
  readonly displayName: string;
  readonly birthDate: string;
  readonly phone: string;
}

/**
 * How many slips lie between two names, in any order of their words, and how many words the longer name has more; null where
 * some word of the shorter name has no near word in the other.
 */
function slipsBetween(a: string, b: string): { readonly slips: number; readonly extraWords: number } | null {
  const [fewer = [], more = []] = [wordsOf(foldName(a)), wordsOf(foldName(b))].toSorted((x, y) => x.length - y.length);
  const left = [...more];
  let slips = 0;
  // Equal words are paired first, so that a near word does not take the place of an equal one.
  for (const word of fewer.toSorted((x, y) => Number(more.includes(y)) - Number(more.includes(x)))) {
    const distances = left.map((other) => editDistance(word, other));
    const nearest = Math.min(...distances);
    const at = distances.indexOf(nearest);
    if (at < 0 || nearest > slipsForgiven(Math.max(word.length, left[at]?.length ?? 0))) return null;
    slips += nearest;
    left.splice(at, 1);
  }
  return fewer.length === 0 ? null : { slips, extraWords: left.length };
}

/** Whether two dates differ in one digit (1980-03-07, 1980-03-01), or day and month are swapped (1980-07-03). */
function isOneSlipOfDate(a: string, b: string): boolean {
  if (a.length !== b.length || a === '') return false;
  const [year, month, day] = b.split('-');
  const digitsOff = a.split('').filter((digit, at) => digit !== b[at]).length;
  return digitsOff === 1 || a === `${year}-${day}-${month}`;
}

/** How likely two identities are one person: 0 where nothing says so, else above 0; more is likelier. */
function likeness(candidate: Identity, known: Identity): number {
  const between = slipsBetween(candidate.displayName, known.displayName);
  if (!between) return 0;
  const closeness = 1 / (1 + between.slips + between.extraWords);
  const isSameDate = candidate.birthDate !== '' && candidate.birthDate === known.birthDate;
  const isPhoneShared = isSamePhone(candidate.phone, known.phone);
  if (isSameDate && isPhoneShared) return 3 + closeness;
  if (isSameDate) return 2 + closeness;
  if (isPhoneShared) return 1 + closeness;
  const isNearlyTheName = between.slips <= 1 && between.extraWords === 0;
  return isNearlyTheName && isOneSlipOfDate(candidate.birthDate, known.birthDate) ? closeness : 0;
}

/**
 * Those of `known` who may be the same person as `candidate`, the likeliest first. They have a similar name and the same
 * birth date or phone, or nearly the same name and a birth date with one wrong digit or with day and month swapped.
 */
export function likelyDuplicates<P extends Identity>(candidate: Identity, known: readonly P[]): P[] {
  return known
    .map((patient) => ({ patient, likely: likeness(candidate, patient) }))
    .filter(({ likely }) => likely > 0)
    .toSorted((a, b) => b.likely - a.likely)
    .map(({ patient }) => patient);
}
