import { useSyncExternalStore } from 'react';

import type { Credentials } from '../../core/contract/session.ts';

/** Who can sign in first in the clinic that was just made. Told once, and kept until the person says that they have it. */
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
