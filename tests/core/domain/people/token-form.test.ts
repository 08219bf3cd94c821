import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readToken, tokenOf, type TokenKind } from '../../../../core/domain/people/token-form.ts';
import { aHandle } from './handles.ts';

const aKind = fc.constantFrom<TokenKind>('session', 'desk');
const aSecret = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/);
const secret = 'A'.repeat(43);

describe('a token', () => {
  it('says whose it is and of which kind', () => {
    fc.assert(
      fc.property(aHandle, aKind, aSecret, (handle, kind, ownSecret) => {
        expect(readToken(tokenOf(handle, kind, ownSecret))).toEqual({ handle, kind });
      }),
    );
  });

  it("stays a session's where its secret looks like the beginning of a desk's", () => {
    const alike = `desk_${'A'.repeat(38)}`;
    expect(readToken(tokenOf('nordstern', 'session', alike))).toEqual({ handle: 'nordstern', kind: 'session' });
    expect(readToken(tokenOf('nordstern', 'desk', alike))).toEqual({ handle: 'nordstern', kind: 'desk' });
    expect(readToken(tokenOf('desk', 'session', secret))).toEqual({ handle: 'desk', kind: 'session' });
  });

  it.each([
    ['without its handle', secret],
    ['of a desk without its handle', `desk_${secret}A`],
    ['with an empty handle', `_${secret}`],
    ['with a short handle', `ab_${secret}`],
    ['with a long handle', `gemeinschafts_${secret}`],
    ['with a handle in capitals', `Nordstern_${secret}`],
    ['with a handle in other letters', `nordstеrn_${secret}`],
    ['with a character too few', `nordstern_${secret.slice(1)}`],
    ['with a character too many', `nordstern_${secret}A`],
    ['of another kind', `nordstern_kiosk_${secret}`],
    ['with a line behind it', `nordstern_${secret}\n`],
    ['with a blank', ` nordstern_${secret}`],
    ['with NUL', `nordstern\0_${secret}`],
  ])('%s is none', (_, text) => {
    expect(readToken(text)).toBeNull();
  });

  it('is taken apart at once, however long and hostile the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const read = readToken(text);
        expect(read === null || text.startsWith(`${read.handle}_`)).toBe(true);
      }),
    );
    expect(readToken(`${'a_'.repeat(100_000)}!`)).toBeNull();
  });
});
