import { describe, expect, test } from 'vitest';

import { commandId, id } from '../../../core/primitives/ids.ts';
import { clockReading, day, dayOfBirth, instant, quarterHour } from '../../../core/primitives/instants.ts';
import { name, secret, text, token } from '../../../core/primitives/texts.ts';

const messageOf = (
  schema: { safeParse(input: unknown): { error?: { issues: { message: string }[] } | undefined } },
  input: unknown,
) => schema.safeParse(input).error?.issues[0]?.message ?? null;

describe('texts', () => {
  test('are tidied before they are measured', () => {
    expect(text(4).parse('\ufeff  Anja  ')).toBe('Anja');
    expect(messageOf(text(4), 'Anjas')).toBe('Shorten this to 4 characters.');
    expect(text(4).parse('')).toBe('');
  });

  test.each(['\u0000', 'a\ud800b', 'a\u001bb'])('refuse %j', (typed) => {
    expect(messageOf(text(10), typed)).toContain('Type it again');
    expect(messageOf(secret(10), typed)).toContain('Type it again');
    expect(messageOf(name(10, 'Give the name.'), typed)).toContain('Type it again');
    expect(token(10).safeParse(typed).success).toBe(false);
  });

  test.each(['.', '—', '\u200b', '\u3164', '\u200d', '  ', ''])(
    'a name that nobody can read is refused: %j',
    (typed) => {
      expect(messageOf(name(10, 'Give the name.'), typed)).toBe('Give the name.');
    },
  );

  test('a secret keeps its blanks', () => {
    expect(secret(10).parse(' a b ')).toBe(' a b ');
  });
});

test('ids go on in small letters', () => {
  const capitals = '019AB3C4-5D6E-7F80-9A1B-2C3D4E5F6071';
  expect(id.parse(capitals)).toBe(capitals.toLowerCase());
  expect(commandId.parse(capitals)).toBe(capitals.toLowerCase());
});

describe('years', () => {
  test.each(['0000-01-01', '1900-01-01', '2300-01-01', '9999-12-31'])(
    '%s is no day and no time of the calendar',
    (date) => {
      expect(messageOf(day, date)).toContain('1972 to 2299');
      expect(messageOf(instant, `${date}T00:00:00Z`)).toContain('1972 to 2299');
      expect(messageOf(quarterHour, `${date}T00:00:00Z`)).toContain('1972 to 2299');
    },
  );

  test('an offset carries no time over the end of the calendar', () => {
    for (const time of ['1972-01-01T00:00:00+14:00', '2299-12-31T23:45:00-12:00']) {
      expect(quarterHour.safeParse(time).success, time).toBe(false);
    }
    expect(quarterHour.parse('2299-12-30T23:45:00-12:00')).toBe('2299-12-30T23:45:00-12:00');
  });

  test('the clock of a PC may be a hundred years off, and no more', () => {
    expect(clockReading.parse('1980-01-01T00:00:00Z')).toBe('1980-01-01T00:00:00Z');
    for (const year of ['0000', '1800', '9999'])
      expect(messageOf(clockReading, `${year}-01-01T00:00:00Z`)).toContain('Set the clock');
    expect(clockReading.safeParse(`2026-11-30T12:00:00.${'1'.repeat(200)}Z`).success).toBe(false);
  });

  test('a birth date has the form of one', () => {
    expect(dayOfBirth.parse('1948-02-29')).toBe('1948-02-29');
    expect(messageOf(dayOfBirth, '0000-01-01')).toBe('Give a birth date from 1800 on.');
    expect(messageOf(dayOfBirth, '1948-02-30')).toBe('Give the birth date as year, month and day: 1980-03-07.');
  });
});
