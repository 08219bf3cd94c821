import fc from 'fast-check';
import { expect, test } from 'vitest';

import { likelyDuplicates, type Identity } from '../../../../core/domain/patients/likely-duplicates.ts';

const anna: Identity = { displayName: 'Anna Müller', birthDate: '1980-03-07', phone: '+49 30 23125123' };
const isWarned = (candidate: Partial<Identity>) => likelyDuplicates({ ...anna, ...candidate }, [anna]).length > 0;

test.each<[string, Partial<Identity>]>([
  ['the same in every part', {}],
  ['the same name and birth date without a phone', { phone: '' }],
  ['the same birth date, the name in other letters', { displayName: 'Anna Mueller', phone: '' }],
  ['the same birth date, a slip in the name', { displayName: 'Anna Muler', phone: '' }],
  ['the same birth date, the name the other way round', { displayName: 'Müller, Anna', phone: '' }],
  ['the same birth date, a second given name', { displayName: 'Anna Maria Müller', phone: '' }],
  ['the same phone as it is dialled at home, another birth date', { phone: '030 23125123', birthDate: '1991-12-24' }],
  ['the same phone, the birth date not asked yet', { birthDate: '' }],
  [
    'nearly the same name, one digit of the birth date wrong',
    { displayName: 'Ana Müller', birthDate: '1980-03-01', phone: '' },
  ],
  ['day and month of the birth date swapped', { birthDate: '1980-07-03', phone: '' }],
])('warned: %s', (_, candidate) => {
  expect(isWarned(candidate)).toBe(true);
});

test.each<[string, Partial<Identity>]>([
  ['the same name alone', { birthDate: '1991-12-24', phone: '' }],
  ['the same birth date alone', { displayName: 'Jürgen Brückner', phone: '' }],
  ['the same phone alone: a family', { displayName: 'Tobias Müller', birthDate: '2015-01-31' }],
  ['a twin', { displayName: 'Maria Müller', phone: '' }],
  [
    'a second given name and one digit of the birth date',
    { displayName: 'Anna Maria Müller', birthDate: '1980-03-01', phone: '' },
  ],
  ['no name', { displayName: '' }],
])('not warned: %s', (_, candidate) => {
  expect(isWarned(candidate)).toBe(false);
});

test('the likeliest duplicate comes first', () => {
  const by = (name: string, more: Partial<Identity> = {}) => ({ ...anna, displayName: name, ...more });
  const sameDate = by('Anna Müller', { phone: '' });
  const samePhone = by('Anna Müller', { birthDate: '1961-01-01' });
  const oneDigit = by('Anna Müller', { phone: '', birthDate: '1980-03-01' });
  const slip = by('Ana Müller');
  expect(likelyDuplicates(anna, [oneDigit, samePhone, sameDate, slip, anna])).toEqual([
    anna,
    slip,
    sameDate,
    samePhone,
    oneDigit,
  ]);
});

test('of two likely duplicates each is one of the other', () => {
  const identity = fc.record({
    displayName: fc.constantFrom('Anna Müller', 'Ana Mueller', 'Anna Maria Müller', 'Tobias Müller', 'Li', ''),
    birthDate: fc.constantFrom('1980-03-07', '1980-07-03', '1980-03-08', ''),
    phone: fc.constantFrom('030 23125123', '+49 30 23125123', ''),
  });
  fc.assert(
    fc.property(identity, identity, (a, b) => {
      expect(likelyDuplicates(a, [b]).length).toBe(likelyDuplicates(b, [a]).length);
    }),
  );
});
