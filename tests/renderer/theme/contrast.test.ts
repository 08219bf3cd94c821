import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

const sheet = readFileSync(new URL('../../../renderer/theme/tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...sheet.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

const statuses = ['booked', 'arrived', 'checked-in', 'fulfilled', 'noshow', 'pending', 'proposed', 'provisional'];

/** Pairs of text and background. WCAG 2.2, 1.4.3: 4.5 to 1. */
const texts: readonly (readonly [string, string])[] = [
  ...['ink', 'ink-soft', 'ink-faint'].flatMap((ink) =>
    ['surface', 'canvas', 'sunken', 'closed'].map((ground) => [ink, ground] as const),
  ),
  ['alarm', 'surface'],
  ['alarm', 'sunken'],
  ['alarm', 'alarm-ground'],
  ['ink', 'alarm-ground'],
  ['warn', 'surface'],
  ['warn', 'warn-ground'],
  ['on-solid', 'solid'],
  ['on-solid', 'solid-hover'],
  ['surface', 'now'],
  ['surface', 'alarm'],
  ...statuses.map((status) => [`${status}-ink`, `${status}-ground`] as const),
  ['provisional-ink', 'provisional-hatch'],
];

/** Colours that must be told apart without reading. WCAG 2.2, 1.4.11: 3 to 1. A quiet status is told apart by its mark. */
const shapes: readonly (readonly [string, string])[] = [
  ...['surface', 'canvas', 'sunken', 'closed'].map((ground) => ['ring', ground] as const),
  ['control', 'surface'],
  ['control', 'canvas'],
  ['now', 'surface'],
  ['now', 'closed'],
  ...statuses
    .filter((status) => status !== 'fulfilled' && status !== 'noshow')
    .map((status) => [`${status}-edge`, 'surface'] as const),
  ...statuses.map((status) => ['alarm', `${status}-ground`] as const),
];

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(front: string, ground: string): number {
  const [light = 0, dark = 0] = [luminanceOf(front), luminanceOf(ground)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function tokenOf(name: string, theme: 'light' | 'dark'): string {
  const token = tokens.get(name);
  if (!token) throw new Error(`tokens.css has no --${name}`);
  return token[theme];
}

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  test.each(texts)('%s can be read on %s', (front, ground) => {
    expect(contrastOf(tokenOf(front, theme), tokenOf(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(shapes)('%s is seen against %s', (front, ground) => {
    expect(contrastOf(tokenOf(front, theme), tokenOf(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});
