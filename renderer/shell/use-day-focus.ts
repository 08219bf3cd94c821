import { useLayoutEffect, useRef } from 'react';

import { focusCalendar } from '../ui/focus-calendar.ts';

/**
 * Another day is another grid. Says, before the shown day is changed, whether the focus goes on in the next one: there,
 * it would be lost with the grid that goes.
 */
export function useDayFocus(day: string): (isWished: boolean) => void {
  const isWished = useRef(false);
  const drawn = useRef(day);
  useLayoutEffect(() => {
    if (drawn.current === day) return;
    drawn.current = day;
    if (!isWished.current) return;
    isWished.current = false;
    focusCalendar();
  });
  return (wish) => {
    isWished.current = wish;
  };
}
