import { useSyncExternalStore } from 'react';

/** Of the window: a time and a whole name take some 150 pixels, and the panels beside the grid take their part. */
const roomyPx = 240;

/** Whether one line of a card has room for more than the time and the patient. */
export function useRoomyColumns(count: number): boolean {
  return useSyncExternalStore(watchWidth, () => window.innerWidth / count >= roomyPx);
}

function watchWidth(watcher: () => void): () => void {
  window.addEventListener('resize', watcher);
  return () => window.removeEventListener('resize', watcher);
}
