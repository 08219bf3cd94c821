import type { Interval } from '../../core/domain/time/interval.ts';
import { topOf, type DayScale } from '../words/day-scale.ts';

/**
 * Stretches of a day as layers of a background image, for a custom property that calendar.css puts below a column's lines. A
 * changed background needs no new layout; elements would.
 */
export function layersOf(ground: 'closed' | 'forbidden', stretches: readonly Interval[], scale: DayScale): string {
  return stretches
    .map(({ start, end }) => {
      const height = (end - start) * scale.rowPx;
      return `var(--${ground}-image) 0 ${topOf(scale, start)}px / 100% ${height}px no-repeat,`;
    })
    .join(' ');
}
