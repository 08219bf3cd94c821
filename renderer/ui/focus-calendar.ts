/** False where there is no cursor yet, or where the cursor cannot take the focus because an overlay is still closing. */
function focusCursor(): boolean {
  const cursor = document.querySelector<HTMLElement>('#calendar [data-cursor]');
  cursor?.focus();
  return cursor !== null && document.activeElement === cursor;
}

let stopWaiting = () => {};

/** Whether another day would take the focus away: true in the day itself, and where no element has the focus. */
export function isFocusInDay(): boolean {
  return document.activeElement?.closest('header, nav') === null;
}

/**
 * Puts the focus on the calendar's cursor once the day is drawn. Any key or click before that cancels the move, so that the
 * focus never leaves from under the person's hands.
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
