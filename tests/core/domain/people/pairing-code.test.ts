import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  lacksHandle,
  pairingCodeLetters,
  pairingCodeOf,
  readPairingCode,
  typedPairingCode,
} from '../../../../core/domain/people/pairing-code.ts';
import { aHandle } from './handles.ts';

const aGroup = fc.stringMatching(new RegExp(`^[${pairingCodeLetters}]{4}$`));

describe('a pairing code', () => {
  it('consists of the letters that do not look alike, and of no other', () => {
    const printable = Array.from({ length: 95 }, (_, n) => String.fromCodePoint(32 + n));
    const taken = printable.filter((character) => typedPairingCode.test(`nordstern-${character.repeat(8)}`));
    expect(taken.join('').toUpperCase()).toBe(pairingCodeLetters);
  });

  it('is the same code in any case, with and without the dash between its groups', () => {
    const shown = { handle: 'nordstern', code: 'nordstern-K7QM-2XRA' };
    for (const typed of ['nordstern-K7QM-2XRA', ' NORDSTERN-k7qm2xra ', 'Nordstern-K7QM2xra']) {
      expect(readPairingCode(typed), typed).toEqual(shown);
    }
  });

  it('names one organization, whatever the handle and the groups are', () => {
    fc.assert(
      fc.property(aHandle, aGroup, aGroup, fc.boolean(), fc.boolean(), (handle, first, second, hasDash, isLoud) => {
        const typed = `${handle}-${first}${hasDash ? '-' : ''}${second}`;
        const code = pairingCodeOf(handle, [first, second]);
        expect(readPairingCode(isLoud ? typed.toUpperCase() : typed)).toEqual({ handle, code });
        expect(lacksHandle(typed)).toBe(false);
      }),
    );
  });

  it('is none without its handle, which is told apart from a code that is mistyped', () => {
    fc.assert(
      fc.property(aGroup, aGroup, fc.boolean(), (first, second, hasDash) => {
        const typed = `${first}${hasDash ? '-' : ''}${second}`;
        expect(readPairingCode(typed)).toBeNull();
        expect(lacksHandle(typed)).toBe(true);
      }),
    );
    for (const typed of [
      'K7QM-2XR',
      'no-K7QM-2XRA',
      'nordstern K7QM-2XRA',
      'nordsternK7QM2XRA',
      'nordstern_K7QM-2XRA',
    ]) {
      expect(readPairingCode(typed), typed).toBeNull();
      expect(lacksHandle(typed), typed).toBe(false);
    }
  });
});
