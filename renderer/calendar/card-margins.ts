import type { Visit } from '../visits/columns.ts';
import { topOf, type DayScale } from '../words/day-scale.ts';

/**
 * How many pixels each card of a column keeps free above itself. Cards follow one another like paragraphs, each after the
 * space that is free before it: a thousand boxes with positions of their own are a thousand layers, which the browser
 * walks whenever anything is drawn. Those side by side stand outside of this row, from the start of the day on.
 *
 * @param visits in order of their start
 */
export function cardMargins(visits: readonly Visit[], scale: DayScale): number[] {
  let drawnUntil = 0;
  return visits.map(({ start, end, lanes }) => {
    const top = topOf(scale, Math.max(start, scale.start)) + gapPx;
    if (lanes > 1) return top;
    const space = top - drawnUntil;
    drawnUntil = topOf(scale, Math.min(end, scale.end)) - gapPx;
    return space;
  });
}

const gapPx = 1;
