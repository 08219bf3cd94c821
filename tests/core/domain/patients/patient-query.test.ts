import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readPatientQuery } from '../../../../core/domain/patients/patient-query.ts';

test.each([
  ['Nadia Amari', 'Nadia Amari', [], '', []],
  ['1980-03-07', '', ['1980-03-07'], '', ['1980-03-07']],
  ['07.03.1980', '', ['1980-03-07', '1980-07-03'], '', ['1980-03-07', '1980-07-03']],
  ['7 Mar 1980', '', ['1980-03-07'], '', ['1980-03-07']],
  ['07031980', '', ['1980-03-07', '1980-07-03'], '', ['1980-03-07', '1980-07-03', '7031980']],
  ['07 03 1980', '', ['1980-03-07', '1980-07-03'], '', ['1980-03-07', '1980-07-03', '7031980']],
  ['030 231 25', '', [], '030 231 25', ['3023125']],
  ['+49 30 23125', '', [], '+49 30 23125', ['493023125', '3023125']],
  ['Müller 07.03.1980', 'Müller', ['1980-03-07', '1980-07-03'], '', ['1980-03-07', '1980-07-03']],
  ['7 Mar 1980 Müller', 'Müller', ['1980-03-07'], '', ['1980-03-07']],
  [
    'Anna Müller 030 23125 7.3.1980',
    'Anna Müller',
    ['1980-03-07', '1980-07-03'],
    '030 23125',
    ['3023125', '1980-03-07', '1980-07-03'],
  ],
  ['1234', '', [], '1234', ['1234']],
  ['Room 12', 'Room 12', [], '', []],
  ['Patient 0198b000-0000-7000-8000-0000000000a1', 'Patient 0198b000-0000-7000-8000-0000000000a1', [], '', []],
])('%s is taken apart', (text, name, birthDates, phone, numbers) => {
  expect(readPatientQuery(text)).toEqual({ name, birthDates, phone, numbers });
});

test('no text makes the query fail or loses a word, and the numbers to look for are digits', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('7.3.1980', '030', '23125', '7', 'Mar', '+49'))),
      (words) => {
        const text = words.join(' ');
        const { name, birthDates, phone, numbers } = readPatientQuery(text);
        expect(numbers.every((number) => /^(?:\d{4,}|\d{4}-\d{2}-\d{2})$/.test(number))).toBe(true);
        const kept = `${name}${phone}`.replaceAll(/\s/g, '').length;
        const typed = text.replaceAll(/\s/g, '').length;
        expect(kept === typed || birthDates.length > 0).toBe(true);
      },
    ),
  );
});
