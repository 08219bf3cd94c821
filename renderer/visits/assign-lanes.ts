import type { Interval } from '../../core/domain/time/interval.ts';

/** The place of a visit side by side with others in one column: `lane` counts from 0, `lanes` share the width. */
export interface Lane {
  readonly lane: number;
  readonly lanes: number;
}

/**
 * Gives each visit the first lane that is free when the visit begins. Visits that are linked by overlaps share the width.
 * Where the slots have more seats than visits (`capacityOf`, the highest number over a stretch), the free seats keep their
 * width, so that a person can see and click them. The lanes are in the order of `visits`.
 */
export function assignLanes(visits: readonly Interval[], capacityOf: (stretch: Interval) => number): Lane[] {
  const order = visits
    .map((visit, index) => ({ visit, index }))
    .toSorted((a, b) => a.visit.start - b.visit.start || b.visit.end - a.visit.end || a.index - b.index);
  const laid: Lane[] = visits.map(() => ({ lane: 0, lanes: 1 }));
  let cluster: { index: number; lane: number }[] = [];
  let laneEnds: number[] = [];
  let stretch: Interval | null = null;

  const close = () => {
    if (!stretch) return;
    const lanes = Math.max(laneEnds.length, capacityOf(stretch));
    for (const { index, lane } of cluster) laid[index] = { lane, lanes };
  };

  for (const { visit, index } of order) {
    if (!stretch || visit.start >= stretch.end) {
      close();
      cluster = [];
      laneEnds = [];
      stretch = visit;
    }
    stretch = { start: stretch.start, end: Math.max(stretch.end, visit.end) };
    const free = laneEnds.findIndex((end) => end <= visit.start);
    const lane = free === -1 ? laneEnds.length : free;
    laneEnds[lane] = visit.end;
    cluster.push({ index, lane });
  }
  close();
  return laid;
}
