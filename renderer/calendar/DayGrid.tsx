import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { Interval } from '../../core/domain/interval.ts';
import type { ResourceKind } from '../../core/domain/terms.ts';
import type { Quarter } from '../../core/domain/time/quarter.ts';
import type { Column } from './columns.ts';
import { clockAt, rowPx, topOf, type DayScale } from './day-scale.ts';
import { spokenDate } from './format-date.ts';
import { headPx, pointUnder } from './grid-geometry.ts';
import { attachGestures, type GestureHost } from './grid-gestures.ts';
import { GridColumn } from './GridColumn.tsx';
import { cursorAt, cursorKeys, moveCursor, type Cursor, type CursorKey } from './move-cursor.ts';
import { NowLine } from './NowLine.tsx';
import { HourLines, TimeGutter } from './TimeGutter.tsx';
import { useFirstScroll } from './use-first-scroll.ts';

export interface Draft extends Interval {
  readonly resourceId: string;
}

interface DayGridProps extends Omit<GestureHost, 'columns' | 'scale' | 'onSelect'> {
  readonly columns: readonly Column[];
  readonly scale: DayScale;
  readonly kind: ResourceKind;
  readonly siteName: string;
  readonly now: Quarter;
  readonly mayCheckIn: boolean;
  /** The window that the booking panel speaks of. */
  readonly draft: Draft | null;
  /** `end` is null for a click or Enter: the service says how long. */
  onSelect(resourceId: string, start: Quarter, end: Quarter | null): void;
  onOpen(appointmentId: string): void;
  onCheckIn(appointmentId: string): void;
}

/** The day: gutter, columns, now-line. One tab stop; arrow keys move, Enter opens or books. */
export function DayGrid(props: DayGridProps) {
  const { columns, scale, kind, siteName, now, draft, maySelect, mayCheckIn } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const gestures = useRef<ReturnType<typeof attachGestures> | null>(null);
  const host = useRef(props);
  useLayoutEffect(() => {
    host.current = props;
  });
  const [wanted, setWanted] = useState<Cursor | null>(null);
  const cursor = reconcile(wanted, columns, scale, now);

  useEffect(() => {
    if (!container.current || !scroller.current) return;
    gestures.current = attachGestures(container.current, scroller.current, () => host.current);
    return () => gestures.current?.detach();
  }, []);

  useFirstScroll(scroller, scale, columns, now);

  const focusCursor = useRef(false);
  useLayoutEffect(() => {
    if (!focusCursor.current) return;
    focusCursor.current = false;
    const element = container.current?.querySelector<HTMLElement>('[data-cursor]');
    element?.focus({ preventScroll: true });
    if (element && scroller.current) reveal(element, scroller.current);
  });

  function onKeyDown(event: KeyboardEvent) {
    if (event.target instanceof Element && event.target.closest('button')) return;
    if (!cursor || event.altKey || event.ctrlKey || event.metaKey) return;
    if (cursorKeys.some((key) => key === event.key)) {
      event.preventDefault();
      focusCursor.current = true;
      setWanted(moveCursor(columns, scale, cursor, event.key as CursorKey));
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (cursor.appointmentId) props.onOpen(cursor.appointmentId);
      else if (maySelect) props.onSelect(cursor.resourceId, cursor.quarter, null);
    }
  }

  function onClick(event: MouseEvent) {
    if (gestures.current?.wasDrag() || !(event.target instanceof Element) || !container.current) return;
    if (event.target.closest('.column-head')) return;
    const card = event.target.closest<HTMLElement>('[data-visit]');
    const point = pointUnder(container.current, columns, scale, event);
    const appointmentId = card?.dataset['visit'] ?? null;
    if (point) setWanted({ resourceId: point.column.resource.resourceId, quarter: point.quarter, appointmentId });
    if (event.target.closest('[data-action="check-in"]') && appointmentId) props.onCheckIn(appointmentId);
    else if (appointmentId) props.onOpen(appointmentId);
    else if (point && maySelect) props.onSelect(point.column.resource.resourceId, point.quarter, null);
  }

  const draftIndex = columns.findIndex(({ resource }) => resource.resourceId === draft?.resourceId);
  return (
    <div ref={scroller} className="day-scroll" data-scroller>
      {/* The focus is on its cells, one at a time. */}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div
        role="grid"
        id="calendar"
        aria-label={t('calendar.grid', {
          date: spokenDate(scale.date),
          site: siteName,
          kind: t(`calendar.kinds.${kind}`),
        })}
        aria-colcount={scale.end - scale.start + 1}
        aria-rowcount={columns.length}
        aria-describedby="calendar-keys"
        className="day-grid"
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <TimeGutter scale={scale} />
        <div ref={container} role="rowgroup" className="day-columns">
          <HourLines scale={scale} />
          {columns.map((column) => (
            <GridColumn
              key={column.resource.resourceId}
              column={column}
              scale={scale}
              cursor={cursor?.resourceId === column.resource.resourceId ? cursor : null}
              now={now}
              mayBook={maySelect}
              mayCheckIn={mayCheckIn}
            />
          ))}
          <div className="selection tabular" aria-hidden />
          {draft && draftIndex >= 0 ? (
            <div
              className="draft tabular"
              data-draft
              aria-hidden
              style={{
                top: topOf(scale, draft.start) + headPx + 1,
                height: (draft.end - draft.start) * rowPx - 2,
                left: `calc(${(draftIndex / columns.length) * 100}% + 2px)`,
                width: `calc(${100 / columns.length}% - 5px)`,
              }}
            >
              {clockAt(scale, draft.start)}–{clockAt(scale, draft.end)}
            </div>
          ) : null}
        </div>
        <NowLine scale={scale} />
      </div>
      <p id="calendar-keys" className="sr-only">
        {t('calendar.keys')}
      </p>
    </div>
  );
}

/** The cursor after the columns changed under it: where it was if that is still there, else at the beginning. */
function reconcile(wanted: Cursor | null, columns: readonly Column[], scale: DayScale, now: Quarter): Cursor | null {
  const column = columns.find(({ resource }) => resource.resourceId === wanted?.resourceId);
  if (wanted && column && wanted.quarter >= scale.start && wanted.quarter < scale.end) {
    const isThere =
      wanted.appointmentId !== null &&
      column.visits.some(({ appointment }) => appointment.appointmentId === wanted.appointmentId);
    return isThere ? wanted : cursorAt(column, wanted.quarter);
  }
  const first = columns[0];
  if (!first) return null;
  const isToday = scale.start <= now && now < scale.end;
  return cursorAt(first, isToday ? now : (first.runs[0]?.start ?? scale.start));
}

/** Scrolls just so far that the element shows beside the sticky heads and gutter. */
function reveal(element: HTMLElement, scroller: HTMLElement): void {
  const box = scroller.getBoundingClientRect();
  const at = element.getBoundingClientRect();
  const above = at.top - (box.top + headPx + rowPx);
  const below = at.bottom - (box.bottom - rowPx);
  const before = at.left - (box.left + 56);
  const beyond = at.right - box.right;
  scroller.scrollBy(before < 0 ? before : Math.max(0, beyond), above < 0 ? above : Math.max(0, below));
}
