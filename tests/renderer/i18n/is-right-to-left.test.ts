import { expect, test } from 'vitest';

import { isRightToLeft } from '../../../renderer/i18n/is-right-to-left.ts';

test.each([
  ['نور القمري', true],
  ['שירה גפני', true],
  ['(1) زياد', true],
  ['Amina Yusuf', false],
  ['Amina نور', false],
  ['林晓峰', false],
  ['', false],
])('%s', (name, expected) => {
  expect(isRightToLeft(name)).toBe(expected);
});
