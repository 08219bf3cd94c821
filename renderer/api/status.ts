import { useSyncExternalStore } from 'react';

import type { DeskStatus } from '../../core/contract/desk/status.ts';

/** The status until the desk's first message. */
const unknown: DeskStatus = {
  connection: 'connecting',
  offlineSince: null,
  waiting: 0,
  refused: 0,
  caughtUpAt: null,
  reading: null,
  mismatch: null,
  rebuilt: null,
};

let status: DeskStatus = unknown;
const watchers = new Set<() => void>();

export function currentStatus(): DeskStatus {
  return status;
}

export function keepStatus(next: DeskStatus): void {
  status = next;
  for (const watcher of watchers) watcher();
}

/** The desk's latest status. */
export function useDeskStatus(): DeskStatus {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, currentStatus);
}
