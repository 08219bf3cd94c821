import fc from 'fast-check';
import { expect, test } from 'vitest';

import { hiddenOf, parseDaySettings, zoomed } from '../../../../renderer/screens/day/day-settings.ts';

const defaults = { kind: 'provider', zoom: 1, hidden: {} };

test('a setting that was never stored has its default', () => {
  expect(parseDaySettings(null)).toEqual(defaults);
});

test('a stored setting comes back', () => {
  const settings = { kind: 'room', zoom: 2, hidden: { 's room': ['a', 'b'] } };
  expect(parseDaySettings(JSON.stringify(settings))).toEqual(settings);
});

test('an invalid setting gets its default, and the others are kept', () => {
  const stored = { kind: 'desk', zoom: 7, hidden: { 's room': ['a', 3, null], 's provider': 'all' } };
  expect(parseDaySettings(JSON.stringify(stored))).toEqual({ ...defaults, hidden: { 's room': ['a'] } });
});

test('no stored value throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (stored) => {
      const settings = parseDaySettings(stored);
      expect([0, 1, 2]).toContain(settings.zoom);
      expect(hiddenOf(settings, 's')).toBeInstanceOf(Array);
    }),
  );
});

test('columns are hidden for one site and one kind', () => {
  const settings = parseDaySettings(
    JSON.stringify({ kind: 'room', hidden: { 'one room': ['a'], 'one provider': ['b'] } }),
  );
  expect(hiddenOf(settings, 'one')).toEqual(['a']);
  expect(hiddenOf({ ...settings, kind: 'provider' }, 'one')).toEqual(['b']);
  expect(hiddenOf(settings, 'two')).toEqual([]);
});

test('the zoom stops at its ends', () => {
  expect([zoomed(0, -1), zoomed(0, 1), zoomed(1, 1), zoomed(2, 1)]).toEqual([0, 1, 2, 2]);
});
