import type { Quarter } from '../../core/domain/time/quarter.ts';
import type { Column } from '../visits/columns.ts';
import { quarterAt, topOf, type DayScale } from '../words/day-scale.ts';

/** The height of the column heads and the width of the gutter; calendar.css says the same in --head and --gutter. */
export const headPx = 44;
export const gutterPx = 52;

/** A point of the window, as a pointer event has it. */
export interface ClientPoint {
  readonly clientX: number;
  readonly clientY: number;
}

export interface GridPoint {
  readonly index: number;
  readonly column: Column;
  readonly quarter: Quarter;
}

/** Where the columns lie in the window. */
export interface GridBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly width: number;
  /** Where one reads from right to left, the first column is the one at the right. */
  readonly isFromRight: boolean;
}

/** The browser lays out for it what was changed before: a gesture asks first, and then changes. */
export function measureGrid(container: HTMLElement): GridBox {
  const { left, right, top, width } = container.getBoundingClientRect();
  return { left, right, top, width, isFromRight: getComputedStyle(container).direction === 'rtl' };
}

/** Which column and row lie under a point of the window. Empty slots have no elements: they are found by geometry. */
export function pointUnder(
  box: GridBox,
  columns: readonly Column[],
  scale: DayScale,
  at: ClientPoint,
): GridPoint | null {
  const across = box.isFromRight ? box.right - at.clientX : at.clientX - box.left;
  const index = Math.floor((across / box.width) * columns.length);
  const clamped = Math.min(Math.max(index, 0), columns.length - 1);
  const column = columns[clamped];
  return column ? { index: clamped, column, quarter: quarterAt(scale, at.clientY - box.top - headPx) } : null;
}

/** Puts an element over rows of a column by transform alone, which costs no layout of the grid. */
export function placeOver(
  element: HTMLElement,
  box: GridBox,
  columnCount: number,
  scale: DayScale,
  place: { readonly index: number; readonly start: Quarter; readonly length: number },
): void {
  const width = box.width / columnCount;
  element.style.width = `${width - 5}px`;
  element.style.height = `${place.length * scale.rowPx - 2}px`;
  const across = box.isFromRight ? columnCount - 1 - place.index : place.index;
  element.style.transform = `translate(${across * width + 2}px, ${topOf(scale, place.start) + 1}px)`;
}

/** The scroll position at which the row that was `y` pixels below the heads still is, after the zoom went `from` → `to`. */
export function anchoredTop(zoom: {
  readonly top: number;
  readonly y: number;
  readonly from: number;
  readonly to: number;
}): number {
  return Math.max(0, ((zoom.top + zoom.y) / zoom.from) * zoom.to - zoom.y);
}
