import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

import type { Visit } from '../visits/columns.ts';
import { ArrivalsRow, type ArrivalsRowProps } from './ArrivalsRow.tsx';

export interface ArrivalsRowsProps extends Omit<ArrivalsRowProps, 'visit'> {
  readonly visits: readonly Visit[];
  /** What scrolls. */
  readonly panel: RefObject<HTMLElement | null>;
}

/** Pixels with text of the usual size; what is on the screen is measured. */
const defaultRowHeightPx = 44;
/** Beyond what is in sight, on both sides: the tab key finds the next one there. */
const overscanRows = 6;

/**
 * A group of the day's people. Of hundreds only those in sight are on the page, and the one that has the focus: all of
 * them would be laid out, painted and searched under the mouse with each visit that changes.
 */
export function ArrivalsRows({ visits, panel, ...rest }: ArrivalsRowsProps) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by a compiler
  const rows = useVirtualizer({
    count: visits.length,
    getScrollElement: () => panel.current,
    estimateSize: () => defaultRowHeightPx,
    getItemKey: useCallback((index: number) => idAt(visits, index), [visits]),
    overscan: overscanRows,
    scrollMargin: top,
    rangeExtractor: (range) => withFocused(range, focusedIn(list.current, visits)),
  });
  // oxlint-disable-next-line react/exhaustive-deps -- whatever was drawn above may have moved it; the same place ends it
  useLayoutEffect(() => {
    if (panel.current && list.current) setTop(topWithin(panel.current, list.current));
  });
  return (
    <ul ref={list} className="arrivals-list" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ index, key, start }) => {
        const visit = visits[index];
        if (!visit) return null;
        return (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            data-listed={key}
            aria-setsize={visits.length}
            aria-posinset={index + 1}
            style={{ top: start - top }}
          >
            <ArrivalsRow visit={visit} {...rest} />
          </li>
        );
      })}
    </ul>
  );
}

const idAt = (visits: readonly Visit[], index: number) => visits[index]?.appointment.appointmentId ?? index;

function topWithin(panel: HTMLElement, list: HTMLElement): number {
  return Math.round(list.getBoundingClientRect().top - panel.getBoundingClientRect().top + panel.scrollTop);
}

/** The place of the row that has the focus; -1 for none. Scrolled away it would lose it. */
function focusedIn(list: HTMLElement | null, visits: readonly Visit[]): number {
  const row = list?.contains(document.activeElement) ? document.activeElement?.closest('li') : null;
  return row ? visits.findIndex((_, index) => idAt(visits, index) === row.dataset['listed']) : -1;
}

function withFocused(range: Range, focused: number): number[] {
  const inSight = defaultRangeExtractor(range);
  if (focused < 0 || inSight.includes(focused)) return inSight;
  return [...inSight, focused].toSorted((a, b) => a - b);
}
