import type { Interval } from '../time/interval.ts';
import type { Quarter } from '../time/quarter.ts';
import type { CalendarFacts } from './facts.ts';

/** `closed`: no run opens the slot at this site, even where it is held. `taken`: the slot is open and all its seats are held. */
export type SlotState = 'free' | 'taken' | 'closed';

/** Look-ups over one site's slots. Every slot outside of `span` is closed. */
export interface SlotTable {
  readonly span: Interval;
  stateOf(resourceId: string, quarter: Quarter): SlotState;
  /** Whether every slot of the interval is free: two array reads, however long it is. */
  isFree(resourceId: string, interval: Interval): boolean;
  /** The free stretches inside of `within`, by start; no two of them touch. */
  freeIntervals(resourceId: string, within: Interval): Interval[];
}

interface Row {
  readonly capacity: Uint16Array;
  readonly booked: Uint16Array;
  /** For each quarter, the length of the free run that begins there. Made at the first look-up. */
  freeRun: Uint32Array | null;
}

function extentOf(calendar: CalendarFacts): Interval {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const run of calendar.openRuns) {
    start = Math.min(start, run.start);
    end = Math.max(end, run.end);
  }
  return start < end ? { start, end } : { start: 0, end: 0 };
}

function freeRunOf(row: Row): Uint32Array {
  if (row.freeRun) return row.freeRun;
  const { capacity, booked } = row;
  const freeRun = new Uint32Array(capacity.length + 1);
  for (let n = capacity.length - 1; n >= 0; n--) {
    freeRun[n] = (booked[n] as number) < (capacity[n] as number) ? (freeRun[n + 1] as number) + 1 : 0;
  }
  row.freeRun = freeRun;
  return freeRun;
}

function byResource<T extends { readonly resourceId: string }>(items: readonly T[]): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const item of items) {
    const group = grouped.get(item.resourceId);
    if (group) group.push(item);
    else grouped.set(item.resourceId, [item]);
  }
  return grouped;
}

/**
 * Indexes the slots of the calendar's own site. `ignoring` is the id of an appointment whose slots count as free, for a
 * move. `within` narrows the table to an interval: a single decision needs only the few quarters of its own window.
 */
export function slotTable(
  calendar: CalendarFacts,
  options: { readonly ignoring?: string | undefined; readonly within?: Interval | undefined } = {},
): SlotTable {
  const span = options.within ?? extentOf(calendar);
  const width = span.end - span.start;
  const isWithin = ({ start, end }: Interval) => start < span.end && end > span.start;
  const runs = byResource(calendar.openRuns.filter((run) => run.siteId === calendar.siteId && isWithin(run)));
  const held = byResource(
    calendar.occupancies.filter((one) => one.appointmentId !== options.ignoring && isWithin(one)),
  );
  const rows = new Map<string, Row>();

  /** Makes a resource's row at the first look-up: a decision knows many resources and looks at few. */
  const rowOf = (resourceId: string): Row | undefined => {
    const known = rows.get(resourceId);
    const open = runs.get(resourceId);
    if (known || !open) return known;
    const row = { capacity: new Uint16Array(width), booked: new Uint16Array(width), freeRun: null };
    for (const run of open) {
      row.capacity.fill(run.capacity, Math.max(run.start - span.start, 0), Math.min(run.end - span.start, width));
    }
    for (const { start, end } of held.get(resourceId) ?? []) {
      const until = Math.min(end - span.start, width);
      for (let n = Math.max(start - span.start, 0); n < until; n++) row.booked[n] = (row.booked[n] as number) + 1;
    }
    rows.set(resourceId, row);
    return row;
  };

  return {
    span,
    stateOf(resourceId, quarter) {
      const row = rowOf(resourceId);
      const capacity = row?.capacity[quarter - span.start] ?? 0;
      if (!row || capacity === 0) return 'closed';
      return (row.booked[quarter - span.start] as number) < capacity ? 'free' : 'taken';
    },
    isFree(resourceId, interval) {
      const row = rowOf(resourceId);
      if (!row) return false;
      return (freeRunOf(row)[interval.start - span.start] ?? 0) >= interval.end - interval.start;
    },
    freeIntervals(resourceId, within) {
      const row = rowOf(resourceId);
      if (!row) return [];
      const freeRun = freeRunOf(row);
      const until = Math.min(within.end, span.end);
      const free: Interval[] = [];
      for (let start = Math.max(within.start, span.start); start < until;) {
        const length = freeRun[start - span.start] as number;
        if (length > 0) free.push({ start, end: Math.min(start + length, until) });
        start += length + 1;
      }
      return free;
    },
  };
}
