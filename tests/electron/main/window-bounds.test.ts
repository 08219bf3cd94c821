import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { chooseBounds, type Bounds } from '../../../electron/main/window-bounds.ts';

const primary: Bounds = { x: 0, y: 0, width: 1920, height: 1040 };
const right: Bounds = { x: 1920, y: 0, width: 1280, height: 1000 };

describe('where the window opens', () => {
  it('is where a person left it, on any present screen', () => {
    const left = { x: 2000, y: 40, width: 1100, height: 700 };
    expect(chooseBounds(left, [primary, right])).toEqual(left);
  });

  it.each([
    ['never left anywhere', null],
    ['on a screen that is gone', { x: 2000, y: 40, width: 1100, height: 700 }],
    ['above the screen, where its title bar cannot be reached', { x: 100, y: -500, width: 1100, height: 700 }],
    ['below the screen', { x: 100, y: 1030, width: 1100, height: 700 }],
    ['with a corner too small to take hold of', { x: 1900, y: 100, width: 1100, height: 700 }],
  ])('is the middle of the first screen: %s', (_case, left) => {
    expect(chooseBounds(left, [primary])).toEqual({ x: 240, y: 70, width: 1440, height: 900 });
  });

  it('is no larger than its screen', () => {
    const left = { x: 0, y: 0, width: 3000, height: 2000 };
    expect(chooseBounds(left, [primary])).toEqual(primary);
    expect(chooseBounds(null, [{ x: 0, y: 25, width: 1280, height: 700 }])).toEqual({
      x: 0,
      y: 25,
      width: 1280,
      height: 700,
    });
  });

  it('can always be taken hold of, and is never larger than the largest screen', () => {
    const bounds = fc.record({
      x: fc.integer({ min: -5000, max: 5000 }),
      y: fc.integer({ min: -5000, max: 5000 }),
      width: fc.integer({ min: 200, max: 6000 }),
      height: fc.integer({ min: 200, max: 6000 }),
    });
    const area = fc.record({
      x: fc.integer({ min: -4000, max: 4000 }),
      y: fc.integer({ min: -4000, max: 4000 }),
      width: fc.integer({ min: 800, max: 4000 }),
      height: fc.integer({ min: 600, max: 3000 }),
    });
    fc.assert(
      fc.property(fc.option(bounds), fc.array(area, { minLength: 1, maxLength: 3 }), (left, areas) => {
        const { x, y, width, height } = chooseBounds(left, areas);
        const home = areas.find(
          (each) =>
            Math.min(x + width, each.x + each.width) - Math.max(x, each.x) >= 120 &&
            y >= each.y &&
            y <= each.y + each.height - 40 &&
            width <= each.width &&
            height <= each.height,
        );
        expect(home).toBeDefined();
      }),
    );
  });
});
