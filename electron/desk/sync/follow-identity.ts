import type { Store } from '../../../db/sqlite/open-store.ts';
import type { DeskTimers } from '../environment/timers.ts';
import type { Signals } from '../events/signals.ts';
import { homeSiteOf } from '../sessions/home-site.ts';
import type { DeskIdentity } from '../sessions/identity.ts';
import type { StatusKeeper } from '../status/status-keeper.ts';
import { loadCaughtUpAt } from '../store/cursor.ts';
import type { LiveSync } from './live-sync.ts';

export interface FollowIdentityOptions {
  readonly store: Store;
  readonly signals: Signals;
  readonly timers: DeskTimers;
  /** Milliseconds from now until the first contact with the server. */
  readonly firstContactMs: number;
  readonly identity: DeskIdentity;
  readonly live: LiveSync;
  readonly status: StatusKeeper;
  /** The store failed at the first contact, where no call waits. */
  readonly onFailure: (error: unknown) => void;
}

export interface IdentityFollower {
  /** Makes no first contact any more. */
  close(): void;
}

/**
 * Has the live sync follow the organization that the desk's identity belongs to, from the first contact on, or from the
 * first change of the identity if that comes before. The first contact also sends the commands that a former run left.
 */
export function followIdentity(options: FollowIdentityOptions): IdentityFollower {
  const { store, signals, timers, firstContactMs, identity, live, status, onFailure } = options;

  function makeFirstContact(): void {
    try {
      follow();
    } catch (error) {
      onFailure(error);
    }
  }
  const cancelFirstContact = timers.after(firstContactMs, makeFirstContact);

  function follow(): void {
    cancelFirstContact();
    const orgId = identity.orgId();
    if (orgId === null) {
      live.follow(null);
      return;
    }
    const person = identity.person();
    live.follow({ orgId, sites: person?.sites ?? [], home: homeSiteOf(store, orgId, person) });
    status.change({ caughtUpAt: loadCaughtUpAt(store, orgId) });
    status.outboxChanged();
    signals.emit('following');
  }

  signals.on('identity-changed', follow);
  return { close: cancelFirstContact };
}
