/** A handle as tokens, pairing codes and sign-in names carry it. It has no `_`, `-` or `@`, which stand beside it there. */
export const handleSource = '[a-z][a-z0-9]{2,11}';
export const maxHandleLength = 12;

const minHandleLength = 3;
const handlePattern = new RegExp(`^${handleSource}$`);

export function isHandle(text: string): boolean {
  return handlePattern.test(text);
}

/**
 * Makes the handle of a new organization from its name: the first word, with the next ones where it is shorter than three
 * characters, and a number behind it where the handle is taken. Accents are taken off. Other letters outside a–z are left out;
 * a name without three letters of a–z gives `org`.
 */
export function makeHandle(name: string, taken: Iterable<string>): string {
  const base = baseOf(name);
  const others = new Set(taken);
  let handle = base;
  for (let n = 2; others.has(handle); n++) {
    handle = `${base.slice(0, maxHandleLength - String(n).length)}${n}`;
  }
  return handle;
}

function baseOf(name: string): string {
  // Upper case first, because it alone writes ß as two letters.
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toUpperCase().toLowerCase();
  let base = '';
  for (const word of plain.match(/[a-z0-9]+/g) ?? []) {
    base = `${base}${word}`.replace(/^[0-9]+/, '');
    if (base.length >= minHandleLength) return base.slice(0, maxHandleLength);
  }
  return 'org';
}
