import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

import type { Visit } from '../visits/columns.ts';
import { ArrivalsRow, type ArrivalsRowProps } from './ArrivalsRow.tsx';

export interface ArrivalsRowsProps extends Omit<ArrivalsRowProps, 'visit'> {
  readonly visits: readonly Visit[];
  /** The element that scrolls. */
  readonly panel: RefObject<HTMLElement | null>;
}

/** The height of a row before it is measured, in pixels, with text of the default size. */
const defaultRowHeightPx = 44;
/** Rows drawn beyond each end of those in sight, so that the tab key finds the next row. */
const overscanRows = 6;

/**
 * A group of the day's people. Of hundreds only the rows in sight and the focused row are on the page. All of them would be
 * laid out, painted and searched under the mouse with each visit that changes.
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
  // oxlint-disable-next-line react/exhaustive-deps -- anything drawn above may have moved the list; an unchanged offset ends the loop
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

/** The index of the focused row; -1 for none. A focused row must stay on the page, or scrolling would drop the focus. */
function focusedIn(list: HTMLElement | null, visits: readonly Visit[]): number {
  const row = list?.contains(document.activeElement) ? document.activeElement?.closest('li') : null;
  return row ? visits.findIndex((_, index) => idAt(visits, index) === row.dataset['listed']) : -1;
}

function withFocused(range: Range, focused: number): number[] {
  const inSight = defaultRangeExtractor(range);
  if (focused < 0 || inSight.includes(focused)) return inSight;
  return [...inSight, focused].toSorted((a, b) => a - b);
}
