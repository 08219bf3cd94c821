import { foldName } from '../text/fold-name.ts';

/** English and German, as they fold; the first three letters are enough. */
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

/** 1 to 12 for a month's name or its beginning; 0 for another word. */
export function monthOf(word: string): number {
  const folded = foldName(word);
  if (folded.length < 3) return 0;
  return monthNames.findIndex((names) => names.some((name) => foldName(name).startsWith(folded))) + 1;
}
