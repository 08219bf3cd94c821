/** Letters that Unicode does not decompose into a base letter and a mark. */
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

/** Apostrophes, and the joiners of Persian and Bengali: some people type them, some do not. */
const silentSigns = /['`´‘’ʼ\u200c\u200d]/g;

/** Blanks and signs, also hyphens and middle dots of other scripts. They are listed because databases class signs otherwise. */
const betweenWords = /[\s!-&(-/:-@[-_{-~\u00a0\u00b7\u060c\u2010-\u2015\u30fb]+/g;

/**
 * Brings a name into the form in which names are compared: small letters without accents, words one space apart, and one
 * spelling for a vowel that is not on every keyboard (Müller, Mueller and Muller; Søren and Soeren; Åse and Aase). Words
 * keep their order. The function `fold_name` of the database says the same; a test compares them.
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
