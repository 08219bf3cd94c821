import { useEffect } from 'react';

import { frameKeys, type FrameAction } from '../routes/shortcuts.ts';
import { areSingleKeysOn } from '../ui/single-keys.ts';
import { useStableCallback } from '../ui/use-stable-callback.ts';

/** Where a letter is typed, or is an answer to what is open: a field, a menu, a list, a panel. */
const takesLetters =
  'input, textarea, select, [contenteditable], [role="menu"], [role="listbox"], [role="combobox"], [role="dialog"], [role="alertdialog"]';

/** The keys that work wherever the focus is. A key with Ctrl, Alt or ⌘ is the browser's. */
export function useFrameKeys(act: (action: FrameAction) => void): void {
  const onAction = useStableCallback(act);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (event.ctrlKey || event.altKey || event.metaKey || !areSingleKeysOn()) return;
      if (event.target instanceof Element && event.target.closest(takesLetters)) return;
      // Behind a dialog nothing happens, also where the focus is on no element at all.
      if (document.querySelector('[aria-modal="true"], [role="alertdialog"], [data-overlay] [role="dialog"]')) return;
      const pressed = event.key.toLowerCase();
      const action = (Object.keys(frameKeys) as FrameAction[]).find((known) => frameKeys[known] === pressed);
      if (!action) return;
      event.preventDefault();
      onAction(action);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onAction]);
}
