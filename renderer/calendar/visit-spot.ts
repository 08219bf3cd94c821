import type { Interval } from '../../core/domain/time/interval.ts';
import { minutesPerQuarter, type Quarter } from '../../core/domain/time/quarter.ts';

/** Where a visit is held while it is moved or resized: which column, from when, how many quarters. */
export interface Spot {
  readonly index: number;
  readonly start: Quarter;
  readonly length: number;
}

/** Which end of a visit is pulled; null: the whole is moved. */
export type Edge = 'start' | 'end' | null;

/** The contract takes no longer visit. */
const longest = 720 / minutesPerQuarter;
const hour = 4;

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

/** The edge at a height of a card, in pixels from its top. A small card is mostly for taking: it has a lower edge only. */
export function edgeAt(y: number, height: number): Edge {
  const grip = height < 24 ? 4 : 6;
  if (y >= height - grip) return 'end';
  return height >= 24 && y < grip ? 'start' : null;
}

/** Where a visit lies that was taken at the row `taken` by this edge, with the pointer over that row of that column. */
export function spotUnder(
  from: Spot,
  taken: { readonly edge: Edge; readonly quarter: Quarter },
  pointer: { readonly index: number; readonly quarter: Quarter },
  day: Interval,
): Spot {
  const end = from.start + from.length;
  if (taken.edge === 'end') return { ...from, length: within(pointer.quarter + 1 - from.start, 1, longest) };
  if (taken.edge === 'start') {
    const start = within(pointer.quarter, end - longest, end - 1);
    return { ...from, start, length: end - start };
  }
  const start = within(from.start + pointer.quarter - taken.quarter, day.start, day.end - from.length);
  return { index: pointer.index, start, length: from.length };
}

/** Where a key carries a visit: arrows by a quarter or a column, pages by an hour, Shift changes the length. Null: no such key. */
export function spotAfterKey(
  spot: Spot,
  key: string,
  isShift: boolean,
  bounds: { readonly columns: number; readonly day: Interval },
): Spot | null {
  const { day } = bounds;
  const shift = (quarters: number): Spot => ({
    ...spot,
    start: within(spot.start + quarters, day.start, day.end - spot.length),
  });
  const grow = (quarters: number): Spot => ({
    ...spot,
    length: within(spot.length + quarters, 1, Math.min(longest, day.end - spot.start)),
  });
  switch (key) {
    case 'ArrowUp':
      return isShift ? grow(-1) : shift(-1);
    case 'ArrowDown':
      return isShift ? grow(1) : shift(1);
    case 'PageUp':
      return isShift ? grow(-hour) : shift(-hour);
    case 'PageDown':
      return isShift ? grow(hour) : shift(hour);
    case 'ArrowLeft':
      return { ...spot, index: Math.max(0, spot.index - 1) };
    case 'ArrowRight':
      return { ...spot, index: Math.min(bounds.columns - 1, spot.index + 1) };
    default:
      return null;
  }
}

export function isSameSpot(a: Spot, b: Spot): boolean {
  return a.index === b.index && a.start === b.start && a.length === b.length;
}
