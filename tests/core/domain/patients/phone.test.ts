import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isPhone, isSamePhone, phoneDigits, phoneForms } from '../../../../core/domain/patients/phone.ts';

const ways = [
  '+49 30 23125123',
  '0049 30 23125123',
  '+49 (0)30 231 25-123',
  '030 23125123',
  '030/23125123',
  '30 23125123',
];

describe('one telephone', () => {
  test.each(ways.flatMap((stored) => ways.map((typed) => [typed, stored] as const)))(
    'typed as %s is found where it is kept as %s',
    (typed, stored) => {
      expect(phoneForms(typed).some((form) => phoneDigits(stored).includes(form))).toBe(true);
      expect(isSamePhone(typed, stored)).toBe(true);
    },
  );

  test.each([
    ['+1 212 5550100', '212 555 0100'],
    ['+44 7700 900123', '07700 900123'],
    ['+353 1 5550100', '01 5550100'],
    ['+91 98300 12345', '98300 12345'],
  ])('%s is %s at home', (abroad, home) => {
    expect(isSamePhone(abroad, home)).toBe(true);
    expect(phoneForms(abroad)).toContain(phoneDigits(home));
  });

  test('is found by any part of four digits or more, whatever stands between them', () => {
    const digits = fc.stringMatching(/^[1-9]\d{6,11}$/);
    fc.assert(
      fc.property(digits, fc.nat(7), fc.constantFrom(' ', '-', '/', '.', ''), (number, at, sign) => {
        const part = number.slice(Math.min(at, number.length - 4));
        const typed = part.split('').join(sign);
        const found = phoneForms(typed);
        // A part that begins with zeros loses them, and may be too short then.
        expect(found.length > 0 || phoneDigits(typed).length < 4).toBe(true);
        expect(found.every((form) => number.includes(form))).toBe(true);
      }),
    );
  });
});

test('two telephones differ, and no number is the same as none', () => {
  expect(isSamePhone('030 23125123', '030 23125124')).toBe(false);
  expect(isSamePhone('', '')).toBe(false);
  expect(isSamePhone('110', '110')).toBe(false);
});

test.each([
  ['+49 (0)30 231 25-123', true],
  ['030/23125.123', true],
  ['12345', true],
  ['1234', false],
  ['030 23A25', false],
  ['1234567890123456', false],
  ['49+3023125', false],
  ['', false],
])('%j can be dialled: %s', (text, can) => {
  expect(isPhone(text)).toBe(can);
});
