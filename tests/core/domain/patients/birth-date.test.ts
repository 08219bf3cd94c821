import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';

import { faultOfBirthDate, readBirthDate } from '../../../../core/domain/patients/birth-date.ts';

describe('a birth date', () => {
  test.each([
    ['1980-03-07', ['1980-03-07']],
    ['07.03.1980', ['1980-03-07', '1980-07-03']],
    ['7.3.1980', ['1980-03-07', '1980-07-03']],
    ['7/3/1980', ['1980-03-07', '1980-07-03']],
    ['3/17/1980', ['1980-03-17']],
    ['07031980', ['1980-03-07', '1980-07-03']],
    ['19800307', ['1980-03-07']],
    ['7 Mar 1980', ['1980-03-07']],
    ['7. März 1980', ['1980-03-07']],
    ['7 Maerz 80', ['1980-03-07']],
    ['March 7, 1980', ['1980-03-07']],
    ['29.02.1980', ['1980-02-29']],
    ['7.3.15', ['2015-03-07', '1915-03-07', '2015-07-03', '1915-07-03']],
  ])('%s is read as %j', (text, dates) => {
    expect(readBirthDate(text).filter((date) => date < '2030')).toEqual(dates);
  });

  test.each(['', '30.02.1980', '29.02.1981', '00.00.1980', '7 Foo 1980', '030 2312', '1980', '7.3.1880', 'Mar'])(
    '%j is none',
    (text) => expect(readBirthDate(text)).toEqual([]),
  );

  test('is read from every way to write it', () => {
    const days = fc.integer({ min: 0, max: 73_000 }).map((n) => Temporal.PlainDate.from('1900-01-01').add({ days: n }));
    fc.assert(
      fc.property(days, fc.constantFrom('.', '/', '-', ' ', ''), (day, sign) => {
        const [dd, mm] = [String(day.day).padStart(2, '0'), String(day.month).padStart(2, '0')];
        const iso = day.toString();
        expect(readBirthDate(iso)).toEqual([iso]);
        expect(readBirthDate(`${dd}${sign}${mm}${sign}${day.year}`)).toContain(iso);
        expect(readBirthDate(`${mm}${sign}${dd}${sign}${day.year}`)).toContain(iso);
        expect(readBirthDate(`${day.day} ${day.toLocaleString('en', { month: 'short' })} ${day.year}`)).toEqual([iso]);
        expect(readBirthDate(`${day.day}. ${day.toLocaleString('de', { month: 'long' })} ${day.year}`)).toEqual([iso]);
      }),
    );
  });
});

test.each([
  ['2026-11-23', null],
  ['2026-11-24', 'in-the-future'],
  ['1896-11-23', null],
  ['1896-11-22', 'too-long-ago'],
])('seen from 2026-11-23, one born on %s is %s', (birthDate, fault) => {
  expect(faultOfBirthDate(birthDate, '2026-11-23')).toBe(fault);
});
