import type { Changes } from '../../../core/contract/calendar.ts';
import type { Session } from '../../../core/contract/session.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { DeskEvents } from '../desk-events.ts';
import type { DeskTiming } from '../desk-timing.ts';
import type { DeskServer } from '../server/desk-server.ts';
import { loadSetting, writeSetting } from '../store/settings.ts';
import { changedDays } from './changed-days.ts';
import { followChanges } from './follow-changes.ts';
import { openChangePuller, type ChangePuller } from './pull-changes.ts';

export interface LiveSyncOptions {
  readonly store: Store;
  readonly server: DeskServer;
  readonly events: DeskEvents;
  readonly timing: DeskTiming;
  readonly random: () => number;
}

export interface LiveSync {
  /** Follows what a session may see, in the place of what was followed before; null: nothing. */
  follow(session: Session | null): void;
  /** Asks the server now whether anything is new, and so whether it is there. */
  check(): void;
}

/** Tells the renderer which days are no longer as they were read, and that there are patients it may not have found. */
export function openLiveSync({ store, server, events, timing, random }: LiveSyncOptions): LiveSync {
  let stop: AbortController | null = null;
  let puller: ChangePuller | null = null;

  function tell(changes: Changes, { person }: Session): void {
    if (changes.reset) return events.emit({ type: 'everything-changed' });
    if (changes.changes.some(({ entity }) => entity === 'patient')) events.emit({ type: 'patients-changed' });
    for (const days of changedDays(changes.changes, person.sites)) events.emit({ type: 'days-changed', ...days });
  }

  return {
    follow(session) {
      stop?.abort();
      puller?.close();
      stop = null;
      puller = null;
      if (!session) return;

      const key = `cursor:${session.person.orgId}`;
      const { signal } = (stop = new AbortController());
      const { pull } = (puller = openChangePuller({
        loadCursor: () => loadSetting(store, key) ?? '',
        writeCursor: (cursor) => writeSetting(store, key, cursor),
        pull: (cursor) => server.ask((client, options) => client.calendar.changes({ cursor }, options), signal),
        onChanges: (changes) => tell(changes, session),
        withheldBackOff: timing.withheld,
        random,
      }));
      void followChanges({
        subscribe: (streamSignal) =>
          server.ask((client, options) => client.calendar.pokes(undefined, options), streamSignal),
        pull,
        reconnect: timing.reconnect,
        pollMs: timing.pollMs,
        random,
        signal,
      });
    },
    check: () => void puller?.pull(),
  };
}
