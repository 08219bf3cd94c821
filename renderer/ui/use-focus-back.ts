import { useEffect, useState } from 'react';

import { focusCalendar } from './focus-calendar.ts';

/**
 * For what takes the focus for a while: what it was opened from may be gone with what was done in it, or was no element
 * but a slot under the pointer. Then the focus goes on in the dialog that is still open, else at the calendar's cursor,
 * which such a dialog makes inert; else it is given back by FocusScope.
 */
export function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        if (opener?.isConnected && opener !== document.body) return;
        const dialog = openDialog();
        if (dialog) dialog.focus();
        else focusCalendar();
      });
    },
    [opener],
  );
}

/** The first that can be pressed in the dialog on top. */
function openDialog(): HTMLElement | null {
  const dialogs = [...document.querySelectorAll<HTMLElement>('.overlay [role="dialog"]')];
  return dialogs.at(-1)?.querySelector('button') ?? null;
}
