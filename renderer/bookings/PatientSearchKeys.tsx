import { useContext, useEffect, useLayoutEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { ComboBoxStateContext } from 'react-aria-components';

interface PatientSearchKeysProps {
  readonly typed: string;
  /** The list still shows what an earlier text found. */
  readonly isBehind: boolean;
  /** The option that Enter takes without an arrow; null: none. */
  readonly firstId: string | null;
  readonly onFirst: () => void;
  readonly children: ReactNode;
}

/**
 * The keys of the search: the first option is the active one from the start, so that name and Enter are enough; an Enter
 * that comes before the answer waits for it; Escape closes the list before it closes anything else.
 */
export function PatientSearchKeys({ typed, isBehind, firstId, onFirst, children }: PatientSearchKeysProps) {
  const state = useContext(ComboBoxStateContext);
  const isOpen = state?.isOpen === true;
  const focusedKey = state?.selectionManager.focusedKey ?? null;
  const [hasArrowed, setArrowed] = useState(false);
  /** The text for which Enter was pressed too early. */
  const [awaited, setAwaited] = useState<string | null>(null);

  // Before the letter is painted, and only where it is another: see below.
  useLayoutEffect(() => {
    if (!isOpen || firstId === null || focusedKey === firstId) return;
    const isLost = focusedKey === null || state?.collection.getItem(focusedKey) === null;
    if (isLost || !hasArrowed) state?.selectionManager.setFocusedKey(firstId);
  }, [state, isOpen, firstId, focusedKey, hasArrowed]);

  /**
   * After each letter the ComboBox has something left to set, which React does when there is time. In a burst there is none,
   * and after fifty letters that each left something React gives the page up (its error 185). This has it set at once.
   */
  const [, setTakenIn] = useState(typed);
  useLayoutEffect(() => setTakenIn(typed), [typed]);

  const isDue = awaited !== null && awaited === typed && !isBehind;
  useEffect(() => {
    // The choice itself closes the list.
    if (isDue) onFirst();
    // oxlint-disable-next-line react/exhaustive-deps -- it is due once; what is then first is of that moment
  }, [isDue]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setArrowed(true);
    if (event.key === 'Enter' && typed !== '' && isBehind && !hasArrowed) {
      event.preventDefault();
      event.stopPropagation();
      setAwaited(typed);
    }
    if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      state?.close();
    }
  }

  return (
    <div
      role="presentation"
      onKeyDownCapture={onKeyDown}
      onInput={() => {
        setArrowed(false);
        setAwaited(null);
      }}
    >
      {children}
    </div>
  );
}
