import type { DeskHookPoint } from '../../../electron/desk/environment/hooks.ts';
import type { ClinicPlan } from '../model/plan.ts';

/**
 * What fast-check draws: a small clinic, who does what at which desk, and what goes wrong meanwhile. Plain numbers, so that
 * a counterexample can be read and shrinks. Times are in milliseconds; starts in quarters from the clinic's opening; every
 * index is taken modulo what there is.
 */
export interface SimulationPlan {
  readonly clinic: ClinicPlan;
  /** See tests/proofs/model/plan.ts. */
  readonly rushQuarters: number;
  readonly servers: number;
  readonly desks: readonly DeskPlan[];
  readonly network: NetworkPlan;
  readonly faults: readonly Fault[];
  /** What is not drawn one by one (how long each message takes, which are lost) comes from a stream that begins here. */
  readonly entropy: number;
}

export interface DeskPlan {
  /** Works under a token of its own, not under its person's session. */
  readonly isPaired: boolean;
  /** By how much the PC's clock is wrong. */
  readonly skew: number;
  readonly deeds: readonly TimedDeed[];
}

/** Chances are in percent. */
export interface NetworkPlan {
  /** The longest that an ordinary message takes. */
  readonly slowest: number;
  /** Of a message to be late by seconds, of which others overtake it. */
  readonly late: number;
  /** Of a request or of its answer to be lost. */
  readonly lost: number;
  /** Of a request to arrive twice, at any two servers. */
  readonly twice: number;
  /** Of a statement to lose its connection, before it or after it was done. */
  readonly broken: number;
  /** Of a transaction to be held for seconds. */
  readonly held: number;
}

export type Fault = { readonly at: number; readonly lasts: number } & (
  | { readonly kind: 'cut'; readonly desk: number }
  /** `atStep`: when it next takes this durable step; null: at once. */
  | { readonly kind: 'desk-dies'; readonly desk: number; readonly atStep: DeskHookPoint | 'any' | null }
  | { readonly kind: 'desk-sleeps'; readonly desk: number }
  /** `atCommit`: before or after its next COMMIT, of which nobody hears then. */
  | { readonly kind: 'server-dies'; readonly server: number; readonly atCommit: 'before' | 'after' | null }
  /** It hears of no commit of another server, nor can it tell of its own. */
  | { readonly kind: 'server-is-deaf'; readonly server: number }
  /** The PC's clock is set. */
  | { readonly kind: 'clock-jumps'; readonly desk: number; readonly by: number }
);

/** `after`: how long after what the person did before; zero is in the same breath. */
export interface TimedDeed {
  readonly after: number;
  readonly deed: Deed;
  /** Sent twice at once, as by a double click. */
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
  | { readonly type: 'cancel' | 'check-in' | 'un-arrive'; readonly visit: number }
  /** Brings back what this person cancelled. */
  | { readonly type: 'reinstate'; readonly visit: number }
  /** Takes back what was done last. */
  | { readonly type: 'undo' }
  | { readonly type: 'raise-capacity'; readonly resource: number; readonly start: number; readonly capacity: number }
  | { readonly type: 'join-waitlist'; readonly patient: number; readonly service: number }
  | { readonly type: 'leave-waitlist'; readonly entry: number }
  /** Deals with the oldest refusal of the tray. */
  | { readonly type: 'resolve'; readonly as: 'rebooked' | 'kept-on-waitlist' | 'discarded' };
