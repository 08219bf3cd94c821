import { expect, test } from 'vitest';

import { shortcuts as words } from '../../../renderer/i18n/en/shortcuts.ts';
import { frameKeys, shortcutGroups } from '../../../renderer/routes/shortcuts.ts';

test('no key does two things in one place', () => {
  for (const { shortcuts } of shortcutGroups) {
    const pressed = shortcuts.flatMap(({ keys }) => keys.map((together) => together.join('+')));
    expect(new Set(pressed).size).toBe(pressed.length);
  }
  // A key that works anywhere works in the calendar too.
  const keysIn = (wanted: string) =>
    shortcutGroups.flatMap(({ place, shortcuts }) =>
      place === wanted ? shortcuts.flatMap(({ keys }) => keys.flat()) : [],
    );
  expect(keysIn('anywhere').length).toBeGreaterThan(0);
  expect(keysIn('anywhere').filter((key) => keysIn('calendar').includes(key))).toEqual([]);
});

test('the sheet lists every key that works anywhere, and uses all of its words', () => {
  const listed = shortcutGroups.flatMap(({ shortcuts }) => shortcuts.map(({ does }) => does));
  expect(listed).toEqual(expect.arrayContaining(Object.keys(frameKeys)));
  expect(listed.toSorted()).toEqual(Object.keys(words.does).toSorted());
});
