import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';

import { takeLatestBack } from '../commands/take-back.ts';
import { announce } from '../ui/announcer.tsx';

const typedInto = 'input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable]';

/**
 * Returns a function that takes the latest command back, or says that there is none. Ctrl+Z and ⌘Z call it too, except in a
 * text field, which has an undo of its own.
 */
export function useUndoKeys(): () => void {
  const { t } = useTranslation();
  const nothing = t('undo.nothing');
  function undo() {
    if (takeLatestBack()) return;
    announce(nothing);
    toast(nothing, { id: 'undo-nothing' });
  }
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.shiftKey || event.altKey) return;
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      if (event.target instanceof Element && event.target.closest(typedInto)) return;
      event.preventDefault();
      undo();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });
  return undo;
}
