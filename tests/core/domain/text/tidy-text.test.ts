import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { isWellFormedText, tidyText } from '../../../../core/domain/text/tidy-text.ts';

const hostile = fc.constantFrom(
  '\u00ad',
  '\u061c',
  '\u115f',
  '\u200b',
  '\u200c',
  '\u200d',
  '\u202e',
  '\u2066',
  '\u2800',
  '\u3000',
  '\u3164',
  '\ufe0f',
  '\ufeff',
  '\ufffa',
  '\u{e0001}',
  '\u{e0100}',
  '\n',
  '\t',
  '\u0085',
  '\u2028',
  'e\u0301',
  '\u0301',
  'é',
  'a',
);
const texts = fc.array(fc.oneof(hostile, fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 12 });

test('a tidied text is one line, has nothing invisible at its ends, and is tidied only once', () => {
  fc.assert(
    fc.property(texts, (parts) => {
      const tidied = tidyText(parts.join(''));
      expect(tidied).toBe(tidyText(tidied));
      expect(tidied).toBe(tidied.normalize('NFC'));
      expect(tidied).not.toMatch(/[\u200b\u200e\u202e\u2066\u3164\ufeff\n\t\u2028]|^\s|\s$| {2}/u);
    }),
  );
});

test.each([
  ['  Anja \t Haferkamp\n', 'Anja Haferkamp'],
  ['\u202eBob\u202c', 'Bob'],
  ['\u200b\u3164\u2800', ''],
  ['Jose\u0301', 'José'],
  // Persian and Indic names, and a variant of a Han character, keep the signs that change their look.
  ['علی\u200cرضا', 'علی\u200cرضا'],
  ['葛\u{e0100}', '葛\u{e0100}'],
])('%j becomes %j', (typed, due) => {
  expect(tidyText(typed)).toBe(due);
});

test.each([
  ['Anja\u0000', false],
  ['\ud800', false],
  ['a\u0007b', false],
  ['\u009f', false],
  ['one\r\ntwo\tthree', true],
  ['👩‍⚕️ 陳', true],
])('whether %j is well-formed: %j', (text, due) => {
  expect(isWellFormedText(text)).toBe(due);
});
