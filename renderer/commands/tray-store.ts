import { useSyncExternalStore } from 'react';
import { toast } from 'sonner';

/** The message that something was refused; whoever looks at the tray has heard it. */
export const refusedMessage = 'refused-later';

let isOpen = false;
const watchers = new Set<() => void>();

/** Opened from the pill, by its key, and from the message that something was refused. */
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
