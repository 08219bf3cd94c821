import { useLayoutEffect, useRef, type RefObject } from 'react';

import type { Quarter } from '../../core/domain/time/quarter.ts';
import type { Column } from '../visits/columns.ts';
import { topOf, type DayScale } from '../words/day-scale.ts';
import { headPx } from './grid-geometry.ts';

/**
 * Scrolls a day into its working hours when it is first shown: today to a little before now, another day to its opening.
 * Later scrolling is left to the person.
 */
export function useFirstScroll(
  scroller: RefObject<HTMLElement | null>,
  scale: DayScale,
  columns: readonly Column[],
  now: Quarter,
): void {
  const shown = useRef('');
  useLayoutEffect(() => {
    const day = `${scale.date} ${scale.timeZone}`;
    if (!scroller.current || shown.current === day || columns.length === 0) return;
    shown.current = day;
    const opening = Math.min(...columns.flatMap(({ runs }) => runs.map(({ start }) => start)), scale.end - 1);
    const closing = Math.max(...columns.flatMap(({ runs }) => runs.map(({ end }) => end)), scale.start);
    const isOpenNow = opening <= now && now < closing;
    const shownRows = (scroller.current.clientHeight - headPx) / scale.rowPx;
    const beforeNow = Math.max(opening - 1, now - Math.floor(shownRows / 3));
    scroller.current.scrollTo({ top: topOf(scale, Math.max(isOpenNow ? beforeNow : opening - 1, scale.start)) });
  });
}
