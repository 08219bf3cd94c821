import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';

import { readTypedDay } from '../../../../core/domain/time/typed-day.ts';

// Today is a Tuesday; the screen shows another day.
const today = '2026-11-24';
const shown = '2026-12-07';
const read = (text: string) => readTypedDay(text, { today, shown });

test.each([
  ['2026-12-24', '2026-12-24'],
  ['24.12.2026', '2026-12-24'],
  ['24.12.26', '2026-12-24'],
  ['24.12.', '2026-12-24'],
  ['24.12', '2026-12-24'],
  [' 24. 12. ', '2026-12-24'],
  ['24/12', '2026-12-24'],
  ['12/24', '2026-12-24'],
  ['3/4/2027', '2027-04-03'],
  ['24 Dec', '2026-12-24'],
  ['24 dec 2027', '2027-12-24'],
  ['24. Dezember', '2026-12-24'],
  ['December 24', '2026-12-24'],
  ['Dec 24, 2027', '2027-12-24'],
  ['5 März', '2027-03-05'],
])('%s is the day that it names', (text, date) => {
  expect(read(text)).toBe(date);
});

describe('without a year', () => {
  test.each([
    ['24.11.', '2026-11-24'],
    ['23.11.', '2026-11-23'],
    ['27.10.', '2026-10-27'],
    ['26.10.', '2027-10-26'],
    ['1.6.', '2027-06-01'],
    ['29.2.', '2028-02-29'],
  ])('%s is the coming one, or that of the last four weeks', (text, date) => {
    expect(read(text)).toBe(date);
  });

  test('a day of last December is still near in January', () => {
    expect(readTypedDay('24.12.', { today: '2027-01-05', shown })).toBe('2026-12-24');
  });

  test.each([
    ['24', '2026-11-24'],
    ['23', '2026-12-23'],
    ['31', '2026-12-31'],
    ['5.', '2026-12-05'],
  ])('%s alone is the next such day of a month', (text, date) => {
    expect(read(text)).toBe(date);
  });
});

test.each([
  ['today', '2026-11-24'],
  ['Heute', '2026-11-24'],
  ['tomorrow', '2026-11-25'],
  ['morgen', '2026-11-25'],
  ['yesterday', '2026-11-23'],
])('%s is counted from today', (text, date) => {
  expect(read(text)).toBe(date);
});

test.each([
  ['wednesday', '2026-11-25'],
  ['tuesday', '2026-12-01'],
  ['mon', '2026-11-30'],
  ['Mo', '2026-11-30'],
  ['next fri', '2026-11-27'],
  ['Donnerstag', '2026-11-26'],
  ['so', '2026-11-29'],
])('%s is the next one after today', (text, date) => {
  expect(read(text)).toBe(date);
});

test.each([
  ['+2w', '2026-12-21'],
  ['+3', '2026-12-10'],
  ['-1', '2026-12-06'],
  ['−1w', '2026-11-30'],
  ['+1m', '2027-01-07'],
  ['+ 1 year', '2027-12-07'],
])('%s counts from the day on the screen', (text, date) => {
  expect(read(text)).toBe(date);
});

test.each([
  ['2w', '2026-12-08'],
  ['in 2 weeks', '2026-12-08'],
  ['2 wochen', '2026-12-08'],
  ['10 days', '2026-12-04'],
  ['in 3 monaten', '2027-02-24'],
])('%s counts from today', (text, date) => {
  expect(read(text)).toBe(date);
});

test.each([
  '',
  ' ',
  'x',
  'soon',
  '24.13.',
  '30.2.',
  '0',
  '32',
  '2026-02-30',
  '24.12.1999',
  '2100-01-01',
  'in 3',
  '+',
  'monday morning',
  '13:30',
  '999 y',
])('“%s” is no day', (text) => {
  expect(read(text)).toBeNull();
});

test('every usual spelling of a day leads to that day', () => {
  const days = fc.integer({ min: 0, max: 36_000 }).map((n) => Temporal.PlainDate.from('2000-01-01').add({ days: n }));
  fc.assert(
    fc.property(days, (day) => {
      const { year, month } = day;
      const name = day.toLocaleString('en-GB', { month: 'long' });
      for (const text of [day.toString(), `${day.day}.${month}.${year}`, `${day.day} ${name} ${year}`]) {
        expect(read(text)).toBe(day.toString());
      }
    }),
  );
});

test('every text gives a day or null, and none throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+./ 0-9a-z]{0,12}$/)), (text) => {
      const date = read(text);
      expect(date === null || Temporal.PlainDate.from(date).toString() === date).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
