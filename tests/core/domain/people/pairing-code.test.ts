import { describe, expect, it } from 'vitest';

import { pairingCodeLetters, pairingCodePattern, withoutDash } from '../../../../core/domain/people/pairing-code.ts';

describe('a pairing code', () => {
  it('consists of the letters that do not look alike, and of no other', () => {
    const printable = Array.from({ length: 95 }, (_, n) => String.fromCodePoint(32 + n));
    const taken = printable.filter((character) => pairingCodePattern.test(character.repeat(8)));
    expect(taken.join('')).toBe(pairingCodeLetters);
  });

  it('is the same code with and without its dash', () => {
    expect(withoutDash('K7QM-2XRA')).toBe('K7QM2XRA');
    expect(withoutDash('K7QM2XRA')).toBe('K7QM2XRA');
    expect(pairingCodePattern.test('K7QM-2XRA') && pairingCodePattern.test('K7QM2XRA')).toBe(true);
  });
});
