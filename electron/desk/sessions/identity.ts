import type { Session } from '../../../core/contract/session.ts';
import type { DeskEvents } from '../events/page-events.ts';
import type { Signals } from '../events/signals.ts';
import type { PairingKeeper } from '../pairing/pairing-keeper.ts';
import type { Sender } from '../store/ready-commands.ts';
import type { SessionKeeper } from './session-keeper.ts';

/** As whom the desk asks the server: by the pairing where there is one, else by the session of the signed-in person. */
export interface DeskIdentity {
  /** The organization of the pairing, else of the signed-in person. Null where there is neither. */
  orgId(): string | null;
  /** The person who is signed in, or null. */
  person(): Session['person'] | null;
  /** Whether the server gives patients to the desk. */
  seesPatients(): boolean;
  /** The people whose commands the desk may push: all of the organization where the desk is paired. Null: no commands. */
  sender(): Sender | null;
  deskToken(): string | null;
  personToken(): string | null;
}

export interface IdentityOptions {
  readonly sessions: SessionKeeper;
  readonly pairings: PairingKeeper;
  readonly signals: Signals;
  readonly events: DeskEvents;
}

/** Reads the identity from session and pairing, and forgets the one of which the server rejects the token. */
export function openIdentity({ sessions, pairings, signals, events }: IdentityOptions): DeskIdentity {
  const person = () => sessions.current()?.person ?? null;

  signals.on('rejected', (token) => {
    if (!sessions.forget(token) && !pairings.forget(token)) return;
    signals.emit('identity-changed');
    // The page now asks again, is answered `unauthenticated`, and shows the sign-in.
    events.emit({ type: 'everything-changed' });
  });

  return {
    person,
    orgId: () => pairings.current()?.orgId ?? person()?.orgId ?? null,
    seesPatients: () => pairings.current() !== null || (person()?.permissions.includes('read-patients') ?? false),
    sender() {
      const pairing = pairings.current();
      if (pairing) return { orgId: pairing.orgId, userId: null };
      const signedIn = person();
      return signedIn && { orgId: signedIn.orgId, userId: signedIn.userId };
    },
    deskToken: () => pairings.current()?.deskToken ?? null,
    personToken: () => sessions.current()?.token ?? null,
  };
}
