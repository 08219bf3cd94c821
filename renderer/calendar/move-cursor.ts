import type { Quarter } from '../../core/domain/time/quarter.ts';
import type { Column, Visit } from './columns.ts';
import type { DayScale } from './day-scale.ts';

/** Where the keyboard stands: a column, a row, and the visit there if there is one. */
export interface Cursor {
  readonly resourceId: string;
  readonly quarter: Quarter;
  readonly appointmentId: string | null;
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

function visitsAt(column: Column, quarter: Quarter): Visit[] {
  return column.visits
    .filter((visit) => visit.start <= quarter && quarter < visit.end)
    .toSorted((a, b) => a.lane - b.lane);
}

/** The cursor on a row of a column: on the visit that covers it, from the left or from the right, or on the bare slot. */
export function cursorAt(column: Column, quarter: Quarter, from: 'left' | 'right' = 'left'): Cursor {
  const visits = visitsAt(column, quarter);
  const visit = from === 'left' ? visits[0] : visits.at(-1);
  return { resourceId: column.resource.resourceId, quarter, appointmentId: visit?.appointment.appointmentId ?? null };
}

/** Where a key leads; the cursor itself where there is nothing further. A visit is one step, however long it is. */
export function moveCursor(columns: readonly Column[], scale: DayScale, cursor: Cursor, key: CursorKey): Cursor {
  const index = columns.findIndex(({ resource }) => resource.resourceId === cursor.resourceId);
  const column = columns[index];
  if (!column) return cursor;
  const visit = column.visits.find(({ appointment }) => appointment.appointmentId === cursor.appointmentId);
  const within = (quarter: Quarter) => Math.min(Math.max(quarter, scale.start), scale.end - 1);

  const sideways = (step: 1 | -1): Cursor => {
    if (visit) {
      const beside = visitsAt(column, cursor.quarter);
      const next = beside[beside.indexOf(visit) + step];
      if (next) return { ...cursor, appointmentId: next.appointment.appointmentId };
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

function firstOpen(column: Column): Quarter | undefined {
  return column.runs.map((run) => run.start).toSorted((a, b) => a - b)[0];
}

function lastOpen(column: Column): Quarter | undefined {
  return column.runs.map((run) => run.end).toSorted((a, b) => b - a)[0];
}
