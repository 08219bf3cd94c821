import { useEffect } from 'react';

import { frameKeys, type FrameAction } from '../routes/shortcuts.ts';
import { areSingleKeysOn } from '../ui/single-keys.ts';
import { useStableCallback } from '../ui/use-stable-callback.ts';

/** Elements that take letters themselves: a field, a menu, a list, a panel. */
const takesLetters =
  'input, textarea, select, [contenteditable], [role="menu"], [role="listbox"], [role="combobox"], [role="dialog"], [role="alertdialog"]';

/** Handles the keys that work wherever the focus is. Keys with Ctrl, Alt or ⌘ are left to the browser. */
export function useFrameKeys(act: (action: FrameAction) => void): void {
  const onAction = useStableCallback(act);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (event.ctrlKey || event.altKey || event.metaKey || !areSingleKeysOn()) return;
      if (event.target instanceof Element && event.target.closest(takesLetters)) return;
      // No key works behind a dialog, also when no element has the focus.
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
