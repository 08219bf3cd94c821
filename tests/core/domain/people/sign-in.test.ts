import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { completeSignInName, readSignInName } from '../../../../core/domain/people/sign-in.ts';
import { aHandle } from './handles.ts';

describe('what a person types as the user name', () => {
  it.each([
    ['anna', { username: 'anna', handle: null }],
    ['anna@nordstern', { username: 'anna', handle: 'nordstern' }],
    [' anna @ nordstern ', { username: 'anna', handle: 'nordstern' }],
    ['anna@', { username: 'anna', handle: '' }],
    ['@nordstern', { username: '', handle: 'nordstern' }],
    ['anna@nordstern@seawall', { username: 'anna', handle: 'nordstern@seawall' }],
  ])('%j is taken apart', (typed, parts) => {
    expect(readSignInName(typed)).toEqual(parts);
  });

  it('names the organization once a desk has added its handle, and keeps the one that was typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), aHandle, (typed, handle) => {
        const before = readSignInName(typed);
        const after = readSignInName(completeSignInName(typed, handle));
        expect(after).toEqual({ username: before.username, handle: before.handle ?? handle });
      }),
    );
  });
});
