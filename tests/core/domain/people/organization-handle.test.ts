import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isHandle, makeHandle } from '../../../../core/domain/people/organization-handle.ts';
import { aHandle } from './handles.ts';

describe('the handle of an organization', () => {
  it.each([
    ['Nordstern Praxis', 'nordstern'],
    ['Seawall Family Practice (demo)', 'seawall'],
    ['My practice', 'mypractice'],
    ['Dr Ü. Groß-Straßer', 'dru'],
    ['Gemeinschaftspraxis am Markt', 'gemeinschaft'],
    ['24h Clinic', 'hclinic'],
    ['Centro Médico Ñuñoa', 'centro'],
    ['東京医院', 'org'],
    ['a1', 'org'],
    ['', 'org'],
  ])('of %j is %j', (name, handle) => {
    expect(makeHandle(name, [])).toBe(handle);
  });

  it('gets a number where it is taken, and stays within its length', () => {
    expect(makeHandle('Nordstern', ['nordstern', 'nordstern2'])).toBe('nordstern3');
    expect(makeHandle('Gemeinschaft', ['gemeinschaft'])).toBe('gemeinschaf2');
    const taken = new Set<string>();
    for (let n = 0; n < 120; n++) taken.add(makeHandle('Gemeinschaft', taken));
    expect(taken.size).toBe(120);
    expect([...taken].every(isHandle)).toBe(true);
  });

  it('is a handle that nobody has, whatever the name is and whatever is taken', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.array(aHandle), (name, taken) => {
        const first = makeHandle(name, taken);
        const second = makeHandle(name, [...taken, first]);
        for (const handle of [first, second]) {
          expect(isHandle(handle)).toBe(true);
          expect(taken).not.toContain(handle);
        }
        expect(second).not.toBe(first);
      }),
    );
  });

  it.each([
    'ab',
    '2nd',
    'Nordstern',
    'nord_stern',
    'nord-stern',
    'nord@stern',
    'nordstern\n',
    'gemeinschafts',
    'größe',
    '',
  ])('is never %j', (text) => {
    expect(isHandle(text)).toBe(false);
  });
});
