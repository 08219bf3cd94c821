import { useContext, useEffect, useLayoutEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { ComboBoxStateContext } from 'react-aria-components';

interface PatientSearchKeysProps {
  readonly typed: string;
  /** The list still shows the hits of an earlier text. */
  readonly isBehind: boolean;
  /** The option that Enter takes without an arrow key; null for none. */
  readonly firstId: string | null;
  readonly onFirst: () => void;
  readonly children: ReactNode;
}

/**
 * The keys of the search. The first option is active from the start, so that name and Enter are enough. An Enter before the
 * answer waits for the answer. Escape closes the list before anything else.
 */
export function PatientSearchKeys({ typed, isBehind, firstId, onFirst, children }: PatientSearchKeysProps) {
  const state = useContext(ComboBoxStateContext);
  const isOpen = state?.isOpen === true;
  const focusedKey = state?.selectionManager.focusedKey ?? null;
  const [hasArrowed, setArrowed] = useState(false);
  /** The text for which Enter came before the answer. */
  const [awaited, setAwaited] = useState<string | null>(null);

  // Sets the first option before the letter is painted, and only where it changes: see setTakenIn below.
  useLayoutEffect(() => {
    if (!isOpen || firstId === null || focusedKey === firstId) return;
    const isLost = focusedKey === null || state?.collection.getItem(focusedKey) === null;
    if (isLost || !hasArrowed) state?.selectionManager.setFocusedKey(firstId);
  }, [state, isOpen, firstId, focusedKey, hasArrowed]);

  /**
   * After each letter the ComboBox leaves a state update for React's spare time. A burst of letters leaves no spare time,
   * and after fifty pending updates React gives up the page (its error 185). This layout effect flushes the update at once.
   */
  const [, setTakenIn] = useState(typed);
  useLayoutEffect(() => setTakenIn(typed), [typed]);

  const isDue = awaited !== null && awaited === typed && !isBehind;
  useEffect(() => {
    // The choice closes the list.
    if (isDue) onFirst();
    // oxlint-disable-next-line react/exhaustive-deps -- isDue changes once; the first option of that moment counts
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
