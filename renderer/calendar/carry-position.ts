import { maxVisitMinutes } from '../../core/domain/bookings/limits.ts';
import type { Interval } from '../../core/domain/time/interval.ts';
import { minutesPerQuarter, type Quarter } from '../../core/domain/time/quarter.ts';

/** Where a moved or resized visit is held: the column's index, its first quarter, its number of quarters. */
export interface CarryPosition {
  readonly index: number;
  readonly start: Quarter;
  readonly length: number;
}

/** The end of a visit that is dragged; null moves the whole visit. */
export type Edge = 'start' | 'end' | null;

/** The contract refuses a visit longer than twelve hours. */
const maxQuarters = maxVisitMinutes / minutesPerQuarter;
const hour = 4;

function within(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(value, max));
}

/**
 * The edge at `y` pixels below a card's top. A card below 24 pixels has a lower edge only, so that most of it moves the
 * visit.
 */
export function edgeAt(y: number, height: number): Edge {
  const grip = height < 24 ? 4 : 6;
  if (y >= height - grip) return 'end';
  return height >= 24 && y < grip ? 'start' : null;
}

/** Where a visit goes that was taken at the row `taken.quarter` by `taken.edge`, with the pointer over `pointer`. */
export function positionUnder(
  from: CarryPosition,
  taken: { readonly edge: Edge; readonly quarter: Quarter },
  pointer: { readonly index: number; readonly quarter: Quarter },
  day: Interval,
): CarryPosition {
  const end = from.start + from.length;
  if (taken.edge === 'end') return { ...from, length: within(pointer.quarter + 1 - from.start, 1, maxQuarters) };
  if (taken.edge === 'start') {
    const start = within(pointer.quarter, end - maxQuarters, end - 1);
    return { ...from, start, length: end - start };
  }
  const start = within(from.start + pointer.quarter - taken.quarter, day.start, day.end - from.length);
  return { index: pointer.index, start, length: from.length };
}

/**
 * Where a key carries a visit: arrows by a quarter or a column, pages by an hour, Shift changes the length; null for other
 * keys.
 */
export function positionAfterKey(
  position: CarryPosition,
  key: string,
  isShift: boolean,
  bounds: { readonly columns: number; readonly day: Interval },
): CarryPosition | null {
  const { day } = bounds;
  const shift = (quarters: number): CarryPosition => ({
    ...position,
    start: within(position.start + quarters, day.start, day.end - position.length),
  });
  const grow = (quarters: number): CarryPosition => ({
    ...position,
    length: within(position.length + quarters, 1, Math.min(maxQuarters, day.end - position.start)),
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
      return { ...position, index: Math.max(0, position.index - 1) };
    case 'ArrowRight':
      return { ...position, index: Math.min(bounds.columns - 1, position.index + 1) };
    default:
      return null;
  }
}

export function isSamePosition(a: CarryPosition, b: CarryPosition): boolean {
  return a.index === b.index && a.start === b.start && a.length === b.length;
}
