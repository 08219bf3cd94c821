import fc from 'fast-check';
import { expect, test } from 'vitest';

import { foldName } from '../../../../core/domain/text/fold-name.ts';

test.each([
  ['Müller', 'Mueller', 'Muller'],
  ['Straße', 'Strasse', 'STRASSE'],
  ['Søren', 'Soren', 'Sören', 'Soeren'],
  ['Åse', 'Aase', 'Ase'],
  ['Æbelø', 'Aebeloe', 'Äbelö'],
  ['Łucja Wiśniowiecki', 'lucja wisniowiecki'],
  ['Işıl İncirli', 'Isil Incirli', 'ışıl incirli'],
  ["O'Hollow", 'OHollow', 'O’Hollow'],
  ['Szczepaniak-Róg', 'Szczepaniak Rog', 'Szczepaniak‑Róg'],
  ['Müller, Jürgen', 'Müller Jürgen', '  müller   jürgen '],
  ['Þorlákur Guðmundsson', 'Thorlakur Gudmundsson'],
  ['Фёдор', 'Федор'],
  ['Ηρακλής', 'ΗΡΑΚΛΗΣ'],
  ['النجّار', 'النجار'],
  ['گلستان\u200cپور', 'گلستانپور'],
  ['하늘', '하늘'.normalize('NFD')],
])('%s is found as %s', (...ways) => {
  expect(new Set(ways.map(foldName)).size).toBe(1);
  expect(foldName(ways[0] ?? '')).not.toBe('');
});

test('different names stay different', () => {
  const names = ['Müller', 'Möller', 'Miller', 'Mahler', '陳', '明月', 'নীলাঞ্জন', 'ნანა'];
  expect(new Set(names.map(foldName)).size).toBe(names.length);
});

test('between two words of any folded text lies one blank and nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(foldName(text)).toMatch(/^(?:\S+(?: \S+)*)?$/u);
    }),
  );
});
