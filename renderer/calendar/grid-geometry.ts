import type { Quarter } from '../../core/domain/time/quarter.ts';
import type { Column } from '../visits/columns.ts';
import { quarterAt, topOf, type DayScale } from '../words/day-scale.ts';

/**
 * The height of the column heads and the width of the gutter, in pixels. calendar.css repeats both as --head and --gutter.
 */
export const headPx = 44;
export const gutterPx = 52;

/** A point of the browser's window, as in a pointer event. */
export interface ClientPoint {
  readonly clientX: number;
  readonly clientY: number;
}

export interface GridPoint {
  readonly index: number;
  readonly column: Column;
  readonly quarter: Quarter;
}

/** The place of the columns in the browser's window. */
export interface GridBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly width: number;
  /** True in a right-to-left page, whose first column is at the right. */
  readonly isFromRight: boolean;
}

/** Forces the browser to lay out pending changes, so a gesture measures first and changes afterwards. */
export function measureGrid(container: HTMLElement): GridBox {
  const { left, right, top, width } = container.getBoundingClientRect();
  return { left, right, top, width, isFromRight: getComputedStyle(container).direction === 'rtl' };
}

/** The column and row under a point of the window. Empty slots are no elements, so geometry finds them. */
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

/** Puts an element over rows of a column by transform alone, so that the grid needs no new layout. */
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

/** The scroll position after a zoom from `from` to `to` that leaves the row at `y` pixels below the heads in place. */
export function anchoredTop(zoom: {
  readonly top: number;
  readonly y: number;
  readonly from: number;
  readonly to: number;
}): number {
  return Math.max(0, ((zoom.top + zoom.y) / zoom.from) * zoom.to - zoom.y);
}
