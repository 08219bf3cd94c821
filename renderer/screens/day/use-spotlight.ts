import { useEffect, useRef } from 'react';

import type { Quarter } from '../../../core/domain/time/quarter.ts';
import { headPx } from '../../calendar/grid-geometry.ts';
import type { Column } from '../../visits/columns.ts';
import type { Spotlight } from '../../visits/spotlight.ts';
import { topOf, type DayScale } from '../../words/day-scale.ts';

const flashMilliseconds = 2500;

/** Scrolls a row of the day into sight, a third of the way down, unless it is already there. */
export function revealQuarter(scale: DayScale, quarter: Quarter): void {
  const scroller = document.querySelector<HTMLElement>('[data-scroller]');
  if (!scroller) return;
  const top = topOf(scale, quarter);
  const shown = scroller.clientHeight - headPx;
  const isInSight = scroller.scrollTop <= top && top + 2 * scale.rowPx <= scroller.scrollTop + shown;
  if (!isInSight) scroller.scrollTop = top - shown / 3;
}

/** Shows what was asked for, once its day is drawn: scrolls to it and outlines its cards for a moment. */
export function useSpotlight(spotlight: Spotlight | null, columns: readonly Column[], scale: DayScale | null): void {
  const done = useRef<number | null>(null);
  useEffect(() => {
    if (!spotlight || scale === null || columns.length === 0 || done.current === spotlight.key) return;
    done.current = spotlight.key;
    revealQuarter(scale, spotlight.quarter);
    const cards = spotlight.appointmentIds.flatMap((id) => [
      ...document.querySelectorAll<HTMLElement>(`[data-visit="${id}"]`),
    ]);
    cards[0]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    for (const card of cards) card.dataset['flash'] = 'true';
    setTimeout(() => {
      for (const card of cards) delete card.dataset['flash'];
    }, flashMilliseconds);
  }, [spotlight, columns, scale]);
}
