/** Marks a gap until it is filled: a character that no phrase has (Unicode's private use area). */
const opening = '\uE000';
const closing = '\uE001';

/**
 * Translates a phrase once and returns a function that fills its gaps. i18next takes a phrase apart anew at each call. Not
 * for phrases whose form depends on a value, such as plurals.
 */
export function compilePhrase<Gap extends string>(
  gaps: readonly Gap[],
  translate: (marks: Readonly<Record<Gap, string>>) => string,
): (words: Readonly<Record<Gap, string>>) => string {
  const marks = Object.fromEntries(gaps.map((gap) => [gap, opening + gap + closing])) as Record<Gap, string>;
  // Every second piece is a gap's name.
  const pieces = translate(marks).split(/[\uE000\uE001]/u);
  return (words) => pieces.map((piece, n) => (n % 2 === 0 ? piece : words[piece as Gap])).join('');
}
