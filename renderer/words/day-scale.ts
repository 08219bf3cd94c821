import { minutesPerQuarter, type Quarter } from '../../core/domain/time/quarter.ts';
import { dayBounds, isRepeated, wallTimeAt } from '../../core/domain/time/zoned.ts';

const defaultRowPx = 20;

/** A site's day as the grid draws it: 92, 96 or 100 rows, each with the wall clock at its beginning. */
export interface DayScale {
  readonly date: string;
  readonly timeZone: string;
  readonly start: Quarter;
  readonly end: Quarter;
  readonly labels: readonly string[];
  /** The height of a quarter on the screen, in pixels: the zoom. The grid passes it to its style sheet as --row. */
  readonly rowPx: number;
}

export function dayScaleOf(date: string, timeZone: string, rowPx = defaultRowPx): DayScale {
  const { start, end } = dayBounds(date, timeZone);
  const labels = Array.from({ length: end - start }, (_, n) => wallTimeAt(start + n, timeZone));
  return { date, timeZone, start, end, labels, rowPx };
}

/** The wall clock at the beginning of the quarter, also beyond the day. */
export function clockAt(scale: DayScale, quarter: Quarter): string {
  return scale.labels[quarter - scale.start] ?? wallTimeAt(quarter, scale.timeZone);
}

export function topOf(scale: DayScale, quarter: Quarter): number {
  return (quarter - scale.start) * scale.rowPx;
}

/** The height of a card's line: two pixels less than a quarter of an hour, so that the shortest visit is one line. */
export function cardLinePx(scale: DayScale): number {
  return Math.min(18, scale.rowPx - 2);
}

export function heightOf(scale: DayScale): number {
  return (scale.end - scale.start) * scale.rowPx;
}

/** The quarter at `y` pixels below the top of the grid, kept within the day. */
export function quarterAt(scale: DayScale, y: number): Quarter {
  const quarter = scale.start + Math.floor(y / scale.rowPx);
  return Math.min(Math.max(quarter, scale.start), scale.end - 1);
}

export interface HourMark {
  readonly quarter: Quarter;
  readonly label: string;
  /** The second pass through an hour that the clocks repeat. */
  readonly isRepeated: boolean;
  readonly isFullHour: boolean;
}

/** The labels of the gutter: every full and half hour of the wall clock. */
export function hourMarks(scale: DayScale): HourMark[] {
  return scale.labels.flatMap((label, n) =>
    label.endsWith(':00') || label.endsWith(':30')
      ? [
          {
            quarter: scale.start + n,
            label,
            isRepeated: isRepeated(scale.start + n, scale.timeZone),
            isFullHour: label.endsWith(':00'),
          },
        ]
      : [],
  );
}

export function minutesBetween(start: Quarter, end: Quarter): number {
  return (end - start) * minutesPerQuarter;
}
