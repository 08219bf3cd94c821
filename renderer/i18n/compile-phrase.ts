/** What stands where a gap will be filled: characters that no phrase has (Unicode's private use area). */
const opening = '\uE000';
const closing = '\uE001';

/**
 * A phrase whose gaps are filled in again and again: it is translated once, because i18next takes a phrase apart anew at
 * each call. Not for phrases that choose a form by what fills them, such as plurals.
 */
export function compilePhrase<Gap extends string>(
  gaps: readonly Gap[],
  translate: (marks: Readonly<Record<Gap, string>>) => string,
): (words: Readonly<Record<Gap, string>>) => string {
  const marks = Object.fromEntries(gaps.map((gap) => [gap, opening + gap + closing])) as Record<Gap, string>;
  // Every second piece is the name of a gap.
  const pieces = translate(marks).split(/[\uE000\uE001]/u);
  return (words) => pieces.map((piece, n) => (n % 2 === 0 ? piece : words[piece as Gap])).join('');
}
