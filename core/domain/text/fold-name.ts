/** Letters that Unicode does not take apart into a base and a mark. */
const lettersApart: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ς: 'σ',
};

/** Apostrophes, and the joiners of Persian and Bengali: people type them or not. */
const silentSigns = /['`´‘’ʼ\u200c\u200d]/g;

/** Blanks and signs, hyphens and middle dots of other scripts among them. Listed, because databases class signs otherwise. */
const betweenWords = /[\s!-&(-/:-@[-_{-~\u00a0\u00b7\u060c\u2010-\u2015\u30fb]+/g;

/**
 * A name in the form in which names are compared: small letters without accents, words apart by one space, and the ways
 * to write a vowel that is not on the keyboard made one: Müller, Mueller and Muller; Søren and Soeren; Åse and Aase.
 * Words keep their order. The function `fold_name` of the database says the same; a test holds them together.
 */
export function foldName(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f\u064b-\u0655]/g, '')
    .normalize('NFC')
    .replaceAll(/[ßæœþøłđðıħŧς]/g, (letter) => lettersApart[letter] ?? letter)
    .replaceAll(silentSigns, '')
    .replaceAll(betweenWords, ' ')
    .replaceAll(/([aou])e/g, '$1')
    .replaceAll('aa', 'a')
    .trim();
}

/** The words of a folded name. */
export function wordsOf(folded: string): string[] {
  return folded === '' ? [] : folded.split(' ');
}
