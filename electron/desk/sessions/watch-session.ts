import type { DeskClock } from '../environment/clock.ts';
import type { Signals } from '../events/signals.ts';
import type { DeskServer } from '../line/server.ts';
import type { DeskIdentity } from './identity.ts';

/** A paired desk notices within this time that the session of its person ended elsewhere. */
const checkEveryMs = 300_000;

export interface SessionCheckOptions {
  readonly signals: Signals;
  readonly clock: DeskClock;
  readonly identity: DeskIdentity;
  readonly server: DeskServer;
}

/**
 * Asks the server for the person's session when the desk comes online, when it wakes, and every five minutes, so that the
 * desk does not show a session that has ended. A desk that is not paired need not ask: all its requests carry the session.
 */
export function watchSession({ signals, clock, identity, server }: SessionCheckOptions): void {
  let checkedAt = clock.monotonicMs();

  function check(): void {
    if (identity.deskToken() === null || identity.personToken() === null) return;
    // A session that has ended is answered `unauthenticated`, which the server's client tells as `rejected`.
    void server.askAsPerson((client, callOptions) => client.sessions.current(undefined, callOptions));
  }

  signals.on('online', check);
  signals.on('woke', check);
  signals.on('tick', () => {
    if (clock.monotonicMs() - checkedAt < checkEveryMs) return;
    checkedAt = clock.monotonicMs();
    check();
  });
}
