import type { DeskHookPoint } from '../../../electron/desk/environment/hooks.ts';
import type { ClinicPlan, TransitionIntent } from '../model/plan.ts';

/**
 * What fast-check draws: a small clinic, the deeds at each desk, and the faults meanwhile. A plan is made of plain numbers, so
 * that a counterexample can be read and shrinks. Times are in milliseconds, and starts in quarters from the clinic's
 * opening. Every index is taken modulo the length of its list.
 */
export interface SimulationPlan {
  readonly clinic: ClinicPlan;
  /** See tests/proofs/model/plan.ts. */
  readonly rushQuarters: number;
  readonly servers: number;
  readonly desks: readonly DeskPlan[];
  readonly network: NetworkPlan;
  readonly faults: readonly Fault[];
  /** The seed of the stream that decides what is not drawn one by one: how long each message takes, and which are lost. */
  readonly entropy: number;
}

export interface DeskPlan {
  /** The desk works under a token of its own, and not under its person's session. */
  readonly isPaired: boolean;
  /** The error of the PC's clock. */
  readonly skew: number;
  readonly deeds: readonly TimedDeed[];
}

/** Chances, in percent. */
export interface NetworkPlan {
  /** The longest that an ordinary message takes. */
  readonly slowest: number;
  /** That a message is late by seconds, so that others overtake it. */
  readonly late: number;
  /** That a request or its answer is lost. */
  readonly lost: number;
  /** That a request arrives twice, at any two servers. */
  readonly twice: number;
  /** That a statement loses its connection, before or after it is done. */
  readonly broken: number;
  /** That a transaction is held for seconds. */
  readonly held: number;
}

export type Fault = { readonly at: number; readonly lasts: number } & (
  | { readonly kind: 'cut'; readonly desk: number }
  /** `atStep`: the desk dies at its next pass of this durable step; null: at once. */
  | { readonly kind: 'desk-dies'; readonly desk: number; readonly atStep: DeskHookPoint | 'any' | null }
  | { readonly kind: 'desk-sleeps'; readonly desk: number }
  /** `atCommit`: the server dies before or after its next COMMIT, and answers nobody. */
  | { readonly kind: 'server-dies'; readonly server: number; readonly atCommit: 'before' | 'after' | null }
  /** The server hears of no other server's commits, and cannot tell of its own. */
  | { readonly kind: 'server-is-deaf'; readonly server: number }
  /** Somebody sets the PC's clock. */
  | { readonly kind: 'clock-jumps'; readonly desk: number; readonly by: number }
);

/** `after`: the pause after the person's last deed. With 0 there is none. */
export interface TimedDeed {
  readonly after: number;
  readonly deed: Deed;
  /** Sends the command twice at once, as a double click does. */
  readonly twice: boolean;
}

export interface Place {
  readonly provider: number;
  readonly start: number;
}

interface Booking extends Place {
  readonly patient: number;
  readonly service: number;
  readonly duration: number | null;
}

export type Deed =
  | ({ readonly type: 'book' } & Booking)
  | ({ readonly type: 'register-and-book' } & Booking)
  | ({ readonly type: 'move'; readonly visit: number } & Place)
  | { readonly type: TransitionIntent['type']; readonly visit: number }
  /** Reinstates a visit that this person cancelled. */
  | { readonly type: 'reinstate'; readonly visit: number }
  /** Takes back the last deed. */
  | { readonly type: 'undo' }
  | { readonly type: 'raise-capacity'; readonly resource: number; readonly start: number; readonly capacity: number }
  | { readonly type: 'join-waitlist'; readonly patient: number; readonly service: number }
  | { readonly type: 'leave-waitlist'; readonly entry: number }
  /** Deals with the oldest refusal of the tray. */
  | { readonly type: 'resolve'; readonly as: 'rebooked' | 'kept-on-waitlist' | 'discarded' };
