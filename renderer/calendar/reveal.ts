import type { DayScale } from '../words/day-scale.ts';
import { gutterPx, headPx } from './grid-geometry.ts';

/** Scrolls as little as needed to show the element clear of the sticky heads and gutter, with one row around it. */
export function reveal(element: HTMLElement, scroller: HTMLElement, { rowPx }: DayScale): void {
  const box = scroller.getBoundingClientRect();
  const at = element.getBoundingClientRect();
  const above = at.top - (box.top + headPx + rowPx);
  const below = at.bottom - (box.bottom - rowPx);
  const before = at.left - (box.left + gutterPx + 4);
  const beyond = at.right - box.right;
  scroller.scrollBy(before < 0 ? before : Math.max(0, beyond), above < 0 ? above : Math.max(0, below));
}
