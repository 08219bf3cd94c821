import type { TFunction } from 'i18next';
import { memo } from 'react';

import type { Permission } from '../../core/domain/people/permissions.ts';
import type { ResourceKind } from '../../core/domain/terms.ts';
import { union } from '../../core/domain/time/interval.ts';
import type { Present } from '../../core/domain/time/present.ts';
import { nextStepOf } from '../commands/visit-actions.ts';
import type { Column } from '../visits/columns.ts';
import { isMovable } from '../visits/visit-traits.ts';
import { clockAt, heightOf, type DayScale } from '../words/day-scale.ts';
import { cardMargins } from './card-margins.ts';
import { CursorSlot } from './CursorSlot.tsx';
import type { Cursor } from './move-cursor.ts';
import { VisitCard } from './VisitCard.tsx';

interface GridColumnProps {
  readonly column: Column;
  readonly scale: DayScale;
  readonly kind: ResourceKind;
  /** One line of a card has room for more than time and patient. */
  readonly isRoomy: boolean;
  /** The keyboard cursor, if it is in this column. */
  readonly cursor: Cursor | null;
  readonly present: Present;
  readonly mayBook: boolean;
  readonly permissions: readonly Permission[];
  readonly t: TFunction;
}

/**
 * One resource's day: a row of the grid for the screen reader, a column for the eye. Only visits and the cursor are
 * elements. Empty slots are background, and pointUnder finds them by geometry.
 */
export const GridColumn = memo(function GridColumn(props: GridColumnProps) {
  const { column, scale, kind, isRoomy, cursor, present, mayBook, permissions, t } = props;
  const { resource, visits } = column;
  const margins = cardMargins(visits, scale);
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
        <div className="column-cards" role="presentation">
          {visits.map((visit, n) => (
            <VisitCard
              key={visit.appointment.appointmentId}
              visit={visit}
              marginTop={margins[n] ?? 0}
              scale={scale}
              kind={kind}
              isRoomy={isRoomy}
              isCursor={cursor?.appointmentId === visit.appointment.appointmentId}
              canMove={mayBook && isMovable(visit)}
              nextStep={nextStepOf(visit, { permissions, present })}
              t={t}
            />
          ))}
        </div>
        {cursor && cursor.appointmentId === null ? (
          <CursorSlot column={column} scale={scale} cursor={cursor} now={present.now} />
        ) : null}
      </div>
    </div>
  );
});

/** `08:00–17:00`, from the first opening to the last close; null for a resource that is off. */
function hoursOf(column: Column, scale: DayScale): string | null {
  const stretches = union(column.runs);
  const [first] = stretches;
  const last = stretches.at(-1);
  return first && last ? `${clockAt(scale, first.start)}–${clockAt(scale, last.end)}` : null;
}
