import { expect, test } from 'vitest';

import { anchoredTop } from '../../../renderer/calendar/grid-geometry.ts';

test('zooming keeps a row at its height on the screen', () => {
  const top = anchoredTop({ top: 640, y: 200, from: 20, to: 28 });
  expect((top + 200) / 28).toBe((640 + 200) / 20);
  expect(anchoredTop({ top, y: 200, from: 28, to: 20 })).toBe(640);
});

test('zooming never scrolls beyond the beginning of the day', () => {
  expect(anchoredTop({ top: 0, y: 300, from: 20, to: 14 })).toBe(0);
});
