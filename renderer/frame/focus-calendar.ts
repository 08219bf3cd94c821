const cursorOf = () => document.querySelector<HTMLElement>('#calendar [data-cursor]');

let waiting: (() => void) | null = null;

/** Whether the focus is where another day takes it away: in the day itself, or nowhere. */
export function isFocusInDay(): boolean {
  return document.activeElement?.closest('header, nav') === null;
}

/**
 * Puts the focus on the calendar's cursor, once the day that is being read is drawn. Whatever the person does before
 * that takes the wish back: the focus never leaves from under their hands.
 */
export function focusCalendar(): void {
  waiting?.();
  const cursor = cursorOf();
  if (cursor) {
    cursor.focus();
    return;
  }
  const drawn = new MutationObserver(() => {
    const late = cursorOf();
    if (!late) return;
    stop();
    late.focus();
  });
  const stop = () => {
    waiting = null;
    drawn.disconnect();
    window.removeEventListener('pointerdown', stop, true);
    window.removeEventListener('keydown', stop, true);
  };
  waiting = stop;
  drawn.observe(document.body, { childList: true, subtree: true });
  window.addEventListener('pointerdown', stop, true);
  window.addEventListener('keydown', stop, true);
}
