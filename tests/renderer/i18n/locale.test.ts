import { expect, test } from 'vitest';

import { weekStartOf } from '../../../renderer/i18n/locale.ts';

test.each([
  ['de', 'mon'],
  ['en-GB', 'mon'],
  ['en-US', 'sun'],
  ['ar-EG', 'sat'],
] as const)('in %s a week begins on %s', (language, day) => {
  expect(weekStartOf(language)).toBe(day);
});
