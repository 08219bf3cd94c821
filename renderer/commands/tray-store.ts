import { useSyncExternalStore } from 'react';
import { toast } from 'sonner';

/** The toast about a refusal. Opening the tray removes it. */
export const refusedMessage = 'refused-later';

let isOpen = false;
const watchers = new Set<() => void>();

/** Opens or closes the tray: from the pill, by its key, or from the toast about a refusal. */
export function showTray(next: boolean): void {
  isOpen = next;
  if (next) toast.dismiss(refusedMessage);
  for (const watcher of watchers) watcher();
}

export function useTrayOpen(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => isOpen,
  );
}
