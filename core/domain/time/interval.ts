import type { Quarter } from './quarter.ts';

/** A half-open interval: `start` belongs to it, `end` does not, and `start < end`. */
export interface Interval {
  readonly start: Quarter;
  readonly end: Quarter;
}

export function overlaps(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end;
}

export function contains(outer: Interval, inner: Interval): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function quartersOf(interval: Interval): Quarter[] {
  return Array.from({ length: interval.end - interval.start }, (_, n) => interval.start + n);
}

/** The intervals that cover exactly what `intervals` cover, by start; no two of them overlap or touch. */
export function union(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const next of intervals.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && next.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    } else {
      merged.push(next);
    }
  }
  return merged;
}

/** The intervals that cover what `intervals` cover and `removed` do not, by start; no two of them overlap or touch. */
export function subtract(intervals: readonly Interval[], removed: readonly Interval[]): Interval[] {
  const holes = union(removed);
  return union(intervals).flatMap((interval) => {
    const left: Interval[] = [];
    let start = interval.start;
    for (const hole of holes) {
      if (hole.end <= start || hole.start >= interval.end) continue;
      if (hole.start > start) left.push({ start, end: hole.start });
      start = hole.end;
    }
    if (start < interval.end) left.push({ start, end: interval.end });
    return left;
  });
}
