import { foldName } from '../text/fold-name.ts';

/** The months in English, and in German where the name differs. Both are compared folded. */
const monthNames = [
  ['january', 'januar'],
  ['february', 'februar'],
  ['march', 'marz'],
  ['april'],
  ['may', 'mai'],
  ['june', 'juni'],
  ['july', 'juli'],
  ['august'],
  ['september'],
  ['october', 'oktober'],
  ['november'],
  ['december', 'dezember'],
];

/** 1 to 12 for a month's name, or its beginning of three letters or more; 0 for another word. */
export function monthOf(word: string): number {
  const folded = foldName(word);
  if (folded.length < 3) return 0;
  return monthNames.findIndex((names) => names.some((name) => foldName(name).startsWith(folded))) + 1;
}
