import { useSyncExternalStore } from 'react';

/** What the screen reader says about changes that only the eye could see. */
let message = '';
const watchers = new Set<() => void>();

export function announce(next: string): void {
  // A screen reader reads only changed words, so a repeated message gets a no-break space at its end.
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
