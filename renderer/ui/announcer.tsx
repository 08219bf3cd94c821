import { useSyncExternalStore } from 'react';

/** What the screen reader is told of things that only the eye sees happen. */
let message = '';
const watchers = new Set<() => void>();

export function announce(next: string): void {
  // The same words twice must still be a change, or they are not read again.
  message = next === message ? `${next}\u00A0` : next;
  for (const watcher of watchers) watcher();
}

export function Announcer() {
  const said = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => message,
  );
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {said}
    </div>
  );
}
