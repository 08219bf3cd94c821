import { useEffect, useState } from 'react';

import { focusCalendar } from './focus-calendar.ts';

/**
 * For a dialog or a panel that takes the focus for a while. The element that opened it may be gone, or the opener was a slot
 * under the pointer and no element. Then the focus goes to the dialog that is still open, else to the calendar's cursor,
 * which such a dialog makes inert. In all other cases FocusScope gives the focus back.
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

/** The first button in the topmost dialog. */
function openDialog(): HTMLElement | null {
  const dialogs = [...document.querySelectorAll<HTMLElement>('.overlay [role="dialog"]')];
  return dialogs.at(-1)?.querySelector('button') ?? null;
}
