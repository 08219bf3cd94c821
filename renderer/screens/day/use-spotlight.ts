import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import type { Quarter } from '../../../core/domain/time/quarter.ts';
import { headPx } from '../../calendar/grid-geometry.ts';
import { useStableCallback } from '../../ui/use-stable-callback.ts';
import type { Spotlight } from '../../visits/spotlight.ts';
import { topOf, type DayScale } from '../../words/day-scale.ts';
import { hiddenOf, hideColumns, useDaySettings } from './day-settings.ts';
import type { Day } from './use-day.ts';

const flashMilliseconds = 2500;

/** Scrolls a row of the day into sight, a third of the way down, unless the row is already in sight. */
export function revealQuarter(scale: DayScale, quarter: Quarter): void {
  const scroller = document.querySelector<HTMLElement>('[data-scroller]');
  if (!scroller) return;
  const top = topOf(scale, quarter);
  const shown = scroller.clientHeight - headPx;
  const isInSight = scroller.scrollTop <= top && top + 2 * scale.rowPx <= scroller.scrollTop + shown;
  if (!isInSight) scroller.scrollTop = top - shown / 3;
}

/**
 * Shows each spotlight once, as soon as its day is read: brings its hidden columns back and calls `onShow`; then, with those
 * columns drawn, scrolls to its row and outlines its cards for 2.5 seconds.
 */
export function useSpotlight(
  spotlight: Spotlight | null,
  siteId: string,
  { view, columns, scale }: Pick<Day, 'view' | 'columns' | 'scale'>,
  onShow: (spotlight: Spotlight) => void,
): void {
  const hidden = hiddenOf(useDaySettings(), siteId);
  const [begunKey, setBegunKey] = useState<number | null>(null);
  const begin = useStableCallback((wanted: Spotlight) => {
    setBegunKey(wanted.key);
    onShow(wanted);
    const wantedIds = columns
      .filter(({ visits }) =>
        visits.some(({ appointment }) => wanted.appointmentIds.includes(appointment.appointmentId)),
      )
      .map(({ resource }) => resource.resourceId);
    const stillHidden = hidden.filter((id) => !wantedIds.includes(id));
    if (stillHidden.length < hidden.length) hideColumns(siteId, stillHidden);
  });

  const isRead = view !== null;
  const isBegun = spotlight !== null && begunKey === spotlight.key;
  // A layout effect, because React then draws the change before the browser paints: nobody sees the columns jump.
  useLayoutEffect(() => {
    if (spotlight && isRead && !isBegun) begin(spotlight);
  }, [spotlight, isRead, isBegun, begin]);

  const flashedKey = useRef<number | null>(null);
  useEffect(() => {
    if (!spotlight || !isBegun || scale === null || columns.length === 0 || flashedKey.current === spotlight.key)
      return;
    flashedKey.current = spotlight.key;
    revealQuarter(scale, spotlight.quarter);
    const cards = spotlight.appointmentIds.flatMap((id) => [
      ...document.querySelectorAll<HTMLElement>(`[data-visit="${id}"]`),
    ]);
    cards[0]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    for (const card of cards) card.dataset['flash'] = 'true';
    setTimeout(() => {
      for (const card of cards) delete card.dataset['flash'];
    }, flashMilliseconds);
  }, [spotlight, isBegun, columns, scale]);
}
