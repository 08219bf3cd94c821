import { expect, test } from 'vitest';

import { anchoredTop } from '../../../renderer/calendar/grid-geometry.ts';

test('zooming keeps the row that was at a height where it is', () => {
  const top = anchoredTop({ top: 640, y: 200, from: 20, to: 28 });
  expect((top + 200) / 28).toBe((640 + 200) / 20);
  expect(anchoredTop({ top, y: 200, from: 28, to: 20 })).toBe(640);
});

test('the beginning of the day is as far as it scrolls', () => {
  expect(anchoredTop({ top: 0, y: 300, from: 20, to: 14 })).toBe(0);
});
