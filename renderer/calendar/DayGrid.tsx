import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type FocusEvent,
  type MouseEvent,
} from 'react';
import { useTranslation } from 'react-i18next';

import { isTransition } from '../../core/domain/bookings/transitions.ts';
import { isSecondClick } from '../ui/is-second-click.ts';
import { useLostFocus } from '../ui/use-lost-focus.ts';
import { cardLinePx, clockAt, topOf } from '../words/day-scale.ts';
import { spokenDate } from '../words/format-date.ts';
import type { DayGridProps } from './day-grid-props.ts';
import { DayGround } from './DayGround.tsx';
import { headPx, measureGrid, pointUnder } from './grid-geometry.ts';
import { attachGestures } from './grid-gestures.ts';
import { GridColumn } from './GridColumn.tsx';
import { reconcileCursor, type Cursor } from './move-cursor.ts';
import { NowLine } from './NowLine.tsx';
import { reveal } from './reveal.ts';
import { HourLines, TimeGutter } from './TimeGutter.tsx';
import { nextColumns, useBatches } from './use-batches.ts';
import { useFirstScroll } from './use-first-scroll.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useRoomyColumns } from './use-roomy-columns.ts';
import { useZoomAnchor } from './use-zoom-anchor.ts';

/**
 * The day: gutter, columns, now-line. The grid is one tab stop: arrow keys move, Enter opens or books. useGridKeys lists all
 * keys.
 */
export function DayGrid(props: DayGridProps) {
  const { scale, kind, siteName, present, draft, maySelect, permissions } = props;
  const { now } = present;
  const columns = useBatches(props.columns, nextColumns);
  const { t } = useTranslation();
  const isRoomy = useRoomyColumns(columns.length);
  const spokenDay = useMemo(() => spokenDate(scale.date), [scale.date]);
  const scroller = useRef<HTMLDivElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const gestures = useRef<ReturnType<typeof attachGestures> | null>(null);
  const shown = { ...props, columns };
  const host = useRef(shown);
  useLayoutEffect(() => {
    host.current = shown;
  });
  const [wanted, setWanted] = useState<Cursor | null>(null);
  const cursor = reconcileCursor(wanted, columns, scale, now);

  useEffect(() => {
    if (!container.current || !scroller.current) return;
    gestures.current = attachGestures(container.current, scroller.current, () => host.current);
    return () => gestures.current?.detach();
  }, []);

  useFirstScroll(scroller, scale, columns, now);
  useZoomAnchor(scroller, scale, cursor);

  const lostFocus = useLostFocus(() => container.current?.querySelector<HTMLElement>('[data-cursor]'));
  const focusCursor = useRef(false);
  useLayoutEffect(() => {
    if (!focusCursor.current) return;
    focusCursor.current = false;
    const element = container.current?.querySelector<HTMLElement>('[data-cursor]');
    element?.focus({ preventScroll: true });
    if (element && scroller.current) reveal(element, scroller.current, scale);
  });
  const keys = useGridKeys(
    shown,
    cursor,
    (next) => {
      focusCursor.current = true;
      setWanted(next);
    },
    { container, scroller },
  );

  function onClick(event: MouseEvent) {
    if (isSecondClick(event)) return;
    if (gestures.current?.wasDrag() || !(event.target instanceof Element) || !container.current) return;
    if (event.target.closest('.column-head, .gutter')) return;
    const card = event.target.closest<HTMLElement>('[data-visit]');
    const point = pointUnder(measureGrid(container.current), columns, scale, event);
    const appointmentId = card?.dataset['visit'] ?? null;
    if (point) setWanted({ resourceId: point.column.resource.resourceId, quarter: point.quarter, appointmentId });
    const action = event.target.closest<HTMLElement>('[data-action]')?.dataset['action'];
    if (action && isTransition(action) && appointmentId) props.onAct(appointmentId, action);
    else if (appointmentId) props.onOpen(appointmentId);
    else if (point && maySelect) props.onSelect(point.column.resource.resourceId, point.quarter, null);
  }

  /** Moves the cursor to a card that got the focus, for example from a closing panel or a screen reader. */
  function onFocus({ target }: FocusEvent) {
    const resourceId = target.closest<HTMLElement>('[data-resource]')?.dataset['resource'];
    const appointmentId = target.closest<HTMLElement>('[data-visit]')?.dataset['visit'];
    if (!resourceId || !appointmentId || appointmentId === cursor?.appointmentId) return;
    const column = columns.find(({ resource }) => resource.resourceId === resourceId);
    const visit = column?.visits.find(({ appointment }) => appointment.appointmentId === appointmentId);
    if (visit) setWanted({ resourceId, quarter: Math.max(visit.start, scale.start), appointmentId });
  }

  const draftIndex = columns.findIndex(({ resource }) => resource.resourceId === draft?.resourceId);
  return (
    <div ref={scroller} className="day-scroll" data-scroller>
      {/* The grid itself takes no focus: one of its cells has it. */}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div
        role="grid"
        id="calendar"
        aria-label={t('calendar.grid', {
          date: spokenDay,
          site: siteName,
          kind: t(`calendar.kinds.${kind}`),
        })}
        aria-colcount={scale.end - scale.start + 1}
        aria-rowcount={columns.length + 1}
        aria-describedby="calendar-keys"
        className="day-grid"
        data-dense={scale.rowPx < 20 || undefined}
        style={{ '--row': `${scale.rowPx}px`, '--card-line': `${cardLinePx(scale)}px` } as CSSProperties}
        onKeyDown={keys.onKeyDown}
        onFocus={(event) => {
          lostFocus.onFocus();
          onFocus(event);
        }}
        onBlur={() => {
          lostFocus.onBlur();
          keys.onBlur();
        }}
        onClick={onClick}
      >
        <TimeGutter scale={scale} />
        <div ref={container} role="rowgroup" className="day-columns" data-drafting={draft ? true : undefined}>
          <DayGround columns={columns} scale={scale} />
          <HourLines scale={scale} />
          {columns.map((column) => (
            <GridColumn
              key={column.resource.resourceId}
              column={column}
              scale={scale}
              kind={kind}
              isRoomy={isRoomy}
              cursor={cursor?.resourceId === column.resource.resourceId ? cursor : null}
              present={present}
              mayBook={maySelect}
              permissions={permissions}
              t={t}
            />
          ))}
          <div className="selection tabular" aria-hidden />
          <div className="gesture-catcher" aria-hidden />
          {draft && draftIndex >= 0 ? (
            <div
              className="draft tabular"
              data-draft
              aria-hidden
              style={{
                top: topOf(scale, draft.start) + headPx + 1,
                height: (draft.end - draft.start) * scale.rowPx - 2,
                insetInlineStart: `calc(${(draftIndex / columns.length) * 100}% + 2px)`,
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
