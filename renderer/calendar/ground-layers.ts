import type { Interval } from '../../core/domain/time/interval.ts';
import { topOf, type DayScale } from '../words/day-scale.ts';

/**
 * Stretches of a day as layers of a column's ground, for a custom property with which calendar.css draws it below its lines.
 * A background that comes and goes costs no layout, and elements would.
 */
export function layersOf(ground: 'closed' | 'forbidden', stretches: readonly Interval[], scale: DayScale): string {
  return stretches
    .map(({ start, end }) => {
      const height = (end - start) * scale.rowPx;
      return `var(--${ground}-image) 0 ${topOf(scale, start)}px / 100% ${height}px no-repeat,`;
    })
    .join(' ');
}
