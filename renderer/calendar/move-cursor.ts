import type { Interval } from '../../core/domain/time/interval.ts';
import type { Quarter } from '../../core/domain/time/quarter.ts';
import type { Lane } from '../visits/assign-lanes.ts';
import type { Column, Visit } from '../visits/columns.ts';
import type { DayScale } from '../words/day-scale.ts';

/**
 * The keyboard cursor: a column, a row, and the visit there. The visit is null on a free slot, and on a free seat beside
 * visits.
 */
export interface Cursor {
  readonly resourceId: string;
  readonly quarter: Quarter;
  readonly appointmentId: string | null;
  /** Where Shift began to select free slots. */
  readonly anchor?: Quarter;
}

/** The rows that the cursor covers: one, or all rows since Shift began. */
export function coveredBy({ quarter, anchor = quarter }: Cursor): Interval {
  return { start: Math.min(anchor, quarter), end: Math.max(anchor, quarter) + 1 };
}

const hour = 4;

export const cursorKeys = [
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
] as const;
export type CursorKey = (typeof cursorKeys)[number];

const extendingSteps = { ArrowDown: 1, ArrowUp: -1, PageDown: hour, PageUp: -hour } as const;
type ExtendingKey = keyof typeof extendingSteps;

export function isExtending(key: CursorKey): key is ExtendingKey {
  return key in extendingSteps;
}

function visitsAt(column: Column, quarter: Quarter): Visit[] {
  return column.visits
    .filter((visit) => visit.start <= quarter && quarter < visit.end)
    .toSorted((a, b) => a.lane - b.lane);
}

/** The first free lane beside the visits of this row; null where there is no visit, or no free seat. */
export function freeSeatAt(column: Column, quarter: Quarter): Lane | null {
  const visits = visitsAt(column, quarter);
  const run = column.runs.find(({ start, end }) => start <= quarter && quarter < end);
  if (!run || visits.length === 0 || visits.length >= run.capacity) return null;
  const lanes = Math.max(...visits.map((visit) => visit.lanes));
  const lane = Array.from({ length: lanes }, (_, n) => n).find((n) => visits.every((visit) => visit.lane !== n));
  return lane === undefined ? null : { lane, lanes };
}

/** Whether the row has room for a visit. True off the roster too: the booking panel then says so. */
function hasRoom(column: Column, quarter: Quarter): boolean {
  return visitsAt(column, quarter).length === 0 || freeSeatAt(column, quarter) !== null;
}

/**
 * The cursor on a row of a column: on the visit that covers the row, the first one seen from that side, or on the free slot.
 */
export function cursorAt(column: Column, quarter: Quarter, from: 'left' | 'right' = 'left'): Cursor {
  const visits = visitsAt(column, quarter);
  return cursorOn(column, quarter, (from === 'left' ? visits[0] : visits.at(-1)) ?? null);
}

function cursorOn({ resource }: Column, quarter: Quarter, visit: Visit | null): Cursor {
  return { resourceId: resource.resourceId, quarter, appointmentId: visit?.appointment.appointmentId ?? null };
}

/** Where a key leads; the same cursor at the end of the grid. A visit is one step, however long it is. */
export function moveCursor(columns: readonly Column[], scale: DayScale, cursor: Cursor, key: CursorKey): Cursor {
  const index = columns.findIndex(({ resource }) => resource.resourceId === cursor.resourceId);
  const column = columns[index];
  if (!column) return cursor;
  const visit = column.visits.find(({ appointment }) => appointment.appointmentId === cursor.appointmentId);
  const within = (quarter: Quarter) => Math.min(Math.max(quarter, scale.start), scale.end - 1);

  const sideways = (step: 1 | -1): Cursor => {
    const seat = freeSeatAt(column, cursor.quarter);
    if (visit) {
      const beside = visitsAt(column, cursor.quarter);
      const next = beside[beside.indexOf(visit) + step];
      if (next) return cursorOn(column, cursor.quarter, next);
      if (seat && step === 1) return cursorOn(column, cursor.quarter, null);
    } else if (seat && step === -1) {
      return cursorAt(column, cursor.quarter, 'right');
    }
    const neighbour = columns[index + step];
    return neighbour ? cursorAt(neighbour, cursor.quarter, step === 1 ? 'left' : 'right') : cursor;
  };

  switch (key) {
    case 'ArrowDown':
      return cursorAt(column, within(visit ? visit.end : cursor.quarter + 1));
    case 'ArrowUp':
      return cursorAt(column, within((visit ? visit.start : cursor.quarter) - 1));
    case 'ArrowLeft':
      return sideways(-1);
    case 'ArrowRight':
      return sideways(1);
    case 'PageDown':
      return cursorAt(column, within(cursor.quarter + hour));
    case 'PageUp':
      return cursorAt(column, within(cursor.quarter - hour));
    case 'Home':
      return cursorAt(column, firstOpen(column) ?? scale.start);
    case 'End':
      return cursorAt(column, within((lastOpen(column) ?? scale.end) - 1));
  }
}

/** Where Shift and a key lead from a free slot: over free slots, up to the next visit; the same cursor at the end of them. */
export function extendCursor(column: Column, scale: DayScale, cursor: Cursor, key: ExtendingKey): Cursor {
  if (cursor.appointmentId !== null) return cursor;
  const steps = extendingSteps[key];
  const step = Math.sign(steps);
  let { quarter } = cursor;
  for (let n = 0; n !== steps; n += step) {
    const next = quarter + step;
    if (next < scale.start || next >= scale.end || !hasRoom(column, next)) break;
    quarter = next;
  }
  return { ...cursor, quarter, anchor: cursor.anchor ?? cursor.quarter };
}

/** The cursor after the columns changed: at the same place as far as that still exists, else at the beginning. */
export function reconcileCursor(
  wanted: Cursor | null,
  columns: readonly Column[],
  scale: DayScale,
  now: Quarter,
): Cursor | null {
  const first = columns[0];
  if (!first) return null;
  if (!wanted || wanted.quarter < scale.start || wanted.quarter >= scale.end) {
    const runs = columns.flatMap((column) => column.runs);
    const isOpenNow = runs.some(({ start }) => start <= now) && runs.some(({ end }) => now < end);
    // The same place as useFirstScroll shows: now while anybody works, else the first opening.
    return cursorAt(first, isOpenNow ? now : (firstOpen(first) ?? scale.start));
  }
  const column = columns.find(({ resource }) => resource.resourceId === wanted.resourceId);
  if (!column) return cursorAt(first, wanted.quarter);
  const isThere =
    wanted.appointmentId === null
      ? hasRoom(column, wanted.quarter)
      : column.visits.some(({ appointment }) => appointment.appointmentId === wanted.appointmentId);
  return isThere ? wanted : cursorAt(column, wanted.quarter);
}

function firstOpen(column: Column): Quarter | undefined {
  return column.runs.map((run) => run.start).toSorted((a, b) => a - b)[0];
}

function lastOpen(column: Column): Quarter | undefined {
  return column.runs.map((run) => run.end).toSorted((a, b) => b - a)[0];
}
