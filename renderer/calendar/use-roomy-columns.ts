import { useSyncExternalStore } from 'react';

/** Window pixels for each column. A time and a whole name take some 150 pixels; the panels beside the grid take the rest. */
const roomyPx = 240;

/** Whether one line of a card has room for more than time and patient. */
export function useRoomyColumns(count: number): boolean {
  return useSyncExternalStore(watchWidth, () => window.innerWidth / count >= roomyPx);
}

function watchWidth(watcher: () => void): () => void {
  window.addEventListener('resize', watcher);
  return () => window.removeEventListener('resize', watcher);
}
