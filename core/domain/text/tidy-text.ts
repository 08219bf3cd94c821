/**
 * Signs that show nothing themselves: bidirectional marks, zero-width blanks, byte order marks, fillers. The joiners and the
 * variation selectors stay, because Persian and Indic names and Han characters need them.
 */
const invisible = /[[\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]--[\p{Join_Control}\p{Variation_Selector}]]/gv;

/** Blanks of every width, line breaks and tabs. */
const blanks = /[\s\u0085]+/g;

/** `controls` matches the control characters (C0, DEL, C1) without the blanks among them, such as the tab. */
// oxlint-disable-next-line no-control-regex -- this is the place that refuses them
const controls = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/;

/**
 * Whether a text can be stored and shown: well-formed UTF-16 without control characters. PostgreSQL takes neither NUL nor
 * half of a surrogate pair.
 */
export function isWellFormedText(text: string): boolean {
  return text.isWellFormed() && !controls.test(text);
}

/**
 * One line as people see it: without the invisible signs that pasting brings along, one space between words, none around,
 * and composed (NFC), so that two texts that look the same are the same.
 */
export function tidyText(text: string): string {
  return text.replaceAll(invisible, '').normalize('NFC').replaceAll(blanks, ' ').trim();
}

/** Whether a name has a letter or a digit: without one nobody can read it. */
export function isReadableName(name: string): boolean {
  return /[\p{L}\p{N}]/u.test(name);
}

/** Why a typed text cannot be kept: `most` is its limit in UTF-16 units, after tidying. Null where it can. */
export function faultOfText(typed: string, most: number): 'broken' | 'too-long' | null {
  if (!isWellFormedText(typed)) return 'broken';
  return tidyText(typed).length > most ? 'too-long' : null;
}
