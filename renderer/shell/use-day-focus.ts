import { useLayoutEffect, useRef } from 'react';

import { focusCalendar } from '../ui/focus-calendar.ts';

/**
 * Keeps the focus in the calendar when the day changes. Each day has a grid of its own, and the old grid takes the focus
 * away with it. The returned function is called before the change, and says whether the new grid gets the focus.
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
