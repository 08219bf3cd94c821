import { useSyncExternalStore } from 'react';

import type { connectionStates, DeskEvent } from '../../core/contract/desk/calls.ts';
import { mustDesk } from './desk.ts';
import { dayQuery, daysKey, patientsKey, queryClient } from './queries.ts';

export type ConnectionState = (typeof connectionStates)[number];

let connection: ConnectionState = 'connecting';
const watchers = new Set<() => void>();

/**
 * Keeps queries and the connection state true to what the desk tells. A day that changed is read again behind what is
 * shown; days that nobody looks at are only marked, and read when they are next opened.
 */
export function listenToDesk(onDecided: (event: Extract<DeskEvent, { type: 'decided' }>) => void): () => void {
  return mustDesk().listen((event) => {
    switch (event.type) {
      case 'days-changed':
        for (const date of event.dates) {
          void queryClient.invalidateQueries({ queryKey: dayQuery(event.siteId, date).queryKey });
        }
        break;
      case 'patients-changed':
        void queryClient.invalidateQueries({ queryKey: patientsKey });
        break;
      case 'everything-changed':
        void queryClient.invalidateQueries({ queryKey: daysKey });
        void queryClient.invalidateQueries({ queryKey: patientsKey });
        break;
      case 'connection':
        connection = event.state;
        for (const watcher of watchers) watcher();
        if (event.state === 'online') readFailedDaysAgain();
        break;
      case 'decided':
        onDecided(event);
        break;
    }
  });
}

/** What could not be read while the server was away is read as soon as it is back, without a click. */
function readFailedDaysAgain(): void {
  void queryClient.refetchQueries({
    queryKey: daysKey,
    type: 'active',
    predicate: (query) => query.state.error !== null,
  });
}

export function useConnection(): ConnectionState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => connection,
  );
}
