import { useSyncExternalStore } from 'react';

import type { Credentials } from '../../core/contract/session.ts';

/** The first user of the clinic that was just made. Shown once, and kept until the person confirms. */
let credentials: Credentials | null = null;
const watchers = new Set<() => void>();

export function keepFirstSignIn(next: Credentials | null): void {
  credentials = next;
  for (const watcher of watchers) watcher();
}

export function useFirstSignIn(): Credentials | null {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => credentials,
  );
}
