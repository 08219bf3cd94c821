/** False where there is no cursor yet, or where it can't have the focus: behind an overlay that has not quite gone. */
function focusCursor(): boolean {
  const cursor = document.querySelector<HTMLElement>('#calendar [data-cursor]');
  cursor?.focus();
  return cursor !== null && document.activeElement === cursor;
}

let stopWaiting = () => {};

/** Whether the focus is where another day takes it away: in the day itself, or nowhere. */
export function isFocusInDay(): boolean {
  return document.activeElement?.closest('header, nav') === null;
}

/**
 * Puts the focus on the calendar's cursor, once the day that is being read is drawn. Whatever the person does before
 * that takes the wish back: the focus never leaves from under their hands.
 */
export function focusCalendar(): void {
  stopWaiting();
  if (focusCursor()) return;
  const drawn = new MutationObserver(() => {
    if (focusCursor()) stopWaiting();
  });
  const stop = () => {
    stopWaiting = () => {};
    drawn.disconnect();
    window.removeEventListener('pointerdown', stop, true);
    window.removeEventListener('keydown', stop, true);
  };
  stopWaiting = stop;
  drawn.observe(document.body, { childList: true, subtree: true, attributeFilter: ['inert'] });
  window.addEventListener('pointerdown', stop, true);
  window.addEventListener('keydown', stop, true);
}
