import { useEffect, useState } from 'react';

import { focusCalendar } from './focus-calendar.ts';

/**
 * For what takes the focus for a while: what it was opened from may be gone with what was done in it, or was no element
 * but a slot under the pointer. Then the focus goes on at the calendar's cursor; else it is given back by FocusScope.
 */
export function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        if (!opener?.isConnected || opener === document.body) focusCalendar();
      });
    },
    [opener],
  );
}
