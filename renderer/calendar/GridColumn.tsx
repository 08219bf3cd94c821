import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Quarter } from '../../core/domain/time/quarter.ts';
import type { Column } from './columns.ts';
import { clockAt, heightOf, rowPx, topOf, type DayScale } from './day-scale.ts';
import { isMovable } from './movable.ts';
import type { Cursor } from './move-cursor.ts';
import { VisitCard } from './VisitCard.tsx';

interface GridColumnProps {
  readonly column: Column;
  readonly scale: DayScale;
  /** Where the keyboard stands, if in this column. */
  readonly cursor: Cursor | null;
  readonly now: Quarter;
  readonly mayBook: boolean;
  readonly mayCheckIn: boolean;
}

/**
 * One resource's day: a row of the grid to the screen reader, a column to the eye. Only what exists is an element;
 * empty slots are background, found by geometry.
 */
export const GridColumn = memo(function GridColumn(props: GridColumnProps) {
  const { column, scale, cursor, now, mayBook, mayCheckIn } = props;
  const { t } = useTranslation();
  const { resource, visits, runs } = column;
  const label = t('calendar.column', { name: resource.name, count: visits.length });
  return (
    <div role="row" aria-label={label} className="day-column" data-resource={resource.resourceId}>
      <div role="rowheader" className="column-head" aria-label={label} aria-colindex={1}>
        <span className="column-name" dir="auto" title={resource.name}>
          {resource.name}
        </span>
        <span className="column-hours tabular">{hoursOf(column, scale) ?? t('calendar.off')}</span>
      </div>
      <div className="column-body" style={{ height: heightOf(scale) }}>
        {column.closed.map(({ start, end }) => (
          <div
            key={start}
            className="closed"
            style={{ top: topOf(scale, start), height: (end - start) * rowPx }}
            aria-hidden
          />
        ))}
        <div className="drop-mask" data-mask={resource.resourceId} aria-hidden />
        {visits.map((visit) => (
          <VisitCard
            key={visit.appointment.appointmentId}
            visit={visit}
            scale={scale}
            isCursor={cursor?.appointmentId === visit.appointment.appointmentId}
            canMove={mayBook && !visit.isProvisional && isMovable(visit.appointment.status)}
            canCheckIn={mayCheckIn}
            t={t}
          />
        ))}
        {cursor && cursor.appointmentId === null ? (
          <div
            role="gridcell"
            aria-label={slotLabel()}
            aria-colindex={cursor.quarter - scale.start + 2}
            tabIndex={0}
            data-cursor
            className="cursor-slot"
            style={{ top: topOf(scale, cursor.quarter), height: rowPx }}
          />
        ) : null}
      </div>
    </div>
  );

  function slotLabel(): string {
    const quarter = cursor?.quarter ?? scale.start;
    const words = { time: clockAt(scale, quarter), name: resource.name };
    if (quarter < now) return t('calendar.slotPast', words);
    const isOpen = runs.some((run) => run.start <= quarter && quarter < run.end);
    return isOpen ? t('calendar.slotFree', words) : t('calendar.slotOff', words);
  }
});

/** `08:00–12:00 · 13:00–17:00`, or nothing for who is off. */
function hoursOf(column: Column, scale: DayScale): string | null {
  const stretches: { start: Quarter; end: Quarter }[] = [];
  for (const run of column.runs.toSorted((a, b) => a.start - b.start)) {
    const last = stretches.at(-1);
    if (last && last.end === run.start) last.end = run.end;
    else stretches.push({ start: run.start, end: run.end });
  }
  const [first] = stretches;
  const last = stretches.at(-1);
  return first && last ? `${clockAt(scale, first.start)}–${clockAt(scale, last.end)}` : null;
}
