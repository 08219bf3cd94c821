import type { Visit } from '../visits/columns.ts';
import { topOf, type DayScale } from '../words/day-scale.ts';

/**
 * The margin above each card of a column, in pixels. Cards follow one another like paragraphs, each after its margin.
 * Absolute positions would make a thousand cards a thousand layers, which the browser walks with every frame. A card side by
 * side with others is outside of this flow: its margin counts from the start of the day.
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
