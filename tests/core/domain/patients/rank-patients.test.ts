import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { editDistance } from '../../../../core/domain/patients/edit-distance.ts';
import { fitOfName, rankPatients } from '../../../../core/domain/patients/rank-patients.ts';

const known = [
  'Jürgen Müller',
  'Nadia Amari',
  'Mary-Ann Müllerstein',
  'Søren Straßberg',
  'Li Wei',
  'Michał Nowak',
  'Michael Nowak',
];
const find = (typed: string) =>
  rankPatients(
    typed,
    known.map((displayName, n) => ({ displayName, patientId: `${n}` })),
  ).map((patient) => patient.displayName);

describe('a typed name', () => {
  test.each([
    ['Mueller', ['Jürgen Müller', 'Mary-Ann Müllerstein']],
    ['Muler', ['Jürgen Müller', 'Mary-Ann Müllerstein']],
    ['Amari Nadia', ['Nadia Amari']],
    ['Naida Amari', ['Nadia Amari']],
    ['soren strassberg', ['Søren Straßberg']],
    ['Soern', ['Søren Straßberg']],
    ['stein', ['Mary-Ann Müllerstein']],
    ['Maryann', ['Mary-Ann Müllerstein']],
    ['li', ['Li Wei']],
    ['Michael Nowak', ['Michael Nowak', 'Michał Nowak']],
    ['Michał Nowak', ['Michał Nowak', 'Michael Nowak']],
    ['Muller Nadia', []],
    ['Lu', []],
  ])('%s means %j, in this order', (typed, found) => {
    expect(find(typed)).toEqual(found);
  });

  test('finds its person with any one slip in a word of four letters or more, and in any order of the words', () => {
    const letters = fc.stringMatching(/^[bcdfghiklmnprst]{4,9}$/);
    const slip = fc.constantFrom('in', 'out', 'other', 'swap');
    fc.assert(
      fc.property(letters, letters, slip, fc.nat(), (given, family, kind, where) => {
        const at = where % (family.length - 1);
        const [a = '', b = ''] = family.slice(at);
        const instead = { in: `${a}x`, out: '', other: 'x', swap: `${b}${a}` }[kind];
        const typed = family.slice(0, at) + instead + family.slice(at + (kind === 'swap' ? 2 : 1));
        fc.pre(typed.length >= 4);
        expect(fitOfName(`${typed} ${given}`, `${given} ${family}`)).toBeGreaterThan(0);
      }),
    );
  });
});

test('the edit distance is a distance: none to itself, the same both ways, never more than the longer word', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
      expect(editDistance(a, a)).toBe(0);
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      expect(editDistance(`${a}x`, a)).toBe(1);
    }),
  );
});
