import type { AppointmentStatus } from '../statuses.ts';
import type { Interval } from '../time/interval.ts';
import type { Present } from '../time/present.ts';
import { instantOf, quarterDuring } from '../time/quarter.ts';

export interface Transition {
  readonly from: readonly AppointmentStatus[];
  readonly to: AppointmentStatus;
  /** What becomes of the time of arrival. `set` keeps a time that is there. */
  readonly arrival: 'keep' | 'set' | 'clear';
  /**
   * When a person may make the change. `today`: the visit begins on the site's present day, or is under way, as one that
   * runs over midnight. `begun`: the start has passed.
   */
  readonly when: 'any' | 'today' | 'begun';
}

/**
 * The changes of status that a person makes, as data. The call in the database takes a row as its parameters, so the rule
 * stands here alone. No transition brings a cancelled visit back: its slots may be taken. `fulfil` needs no day of its own,
 * because the patient arrived first.
 */
const transitions = {
  arrive: { from: ['booked'], to: 'arrived', arrival: 'set', when: 'today' },
  'check-in': { from: ['booked', 'arrived'], to: 'checked-in', arrival: 'set', when: 'today' },
  fulfil: { from: ['arrived', 'checked-in'], to: 'fulfilled', arrival: 'keep', when: 'any' },
  'no-show': { from: ['booked'], to: 'noshow', arrival: 'keep', when: 'begun' },
  'un-arrive': { from: ['arrived', 'checked-in', 'fulfilled'], to: 'booked', arrival: 'clear', when: 'any' },
  'un-check-in': { from: ['checked-in', 'fulfilled'], to: 'arrived', arrival: 'keep', when: 'any' },
  'un-fulfil': { from: ['fulfilled'], to: 'checked-in', arrival: 'keep', when: 'any' },
  'un-no-show': { from: ['noshow'], to: 'booked', arrival: 'keep', when: 'any' },
  cancel: {
    from: ['proposed', 'pending', 'booked', 'arrived', 'checked-in'],
    to: 'cancelled',
    arrival: 'keep',
    when: 'any',
  },
} as const satisfies Record<string, Transition>;

/** The transitions that take another one back. Each has a fixed target, so that an undo leads to exactly one status. */
const waysBack = [
  'un-arrive',
  'un-check-in',
  'un-fulfil',
  'un-no-show',
] as const satisfies (keyof typeof transitions)[];
export type WayBack = (typeof waysBack)[number];

export type TransitionType = keyof typeof transitions;
export const transitionTypes = Object.keys(transitions) as TransitionType[];

/** The row of a transition; `to` is never among `from`. */
export function transitionOf(type: TransitionType): Transition {
  return transitions[type];
}

export function isTransition(type: string): type is TransitionType {
  return Object.hasOwn(transitions, type);
}

/** The way back from the target of a transition to the status before the transition; null where there is none. */
export function wayBackOf(type: TransitionType, before: AppointmentStatus): WayBack | null {
  const { to } = transitionOf(type);
  return waysBack.find((back) => transitionOf(back).to === before && transitionOf(back).from.includes(to)) ?? null;
}

/** What the status says of a transition, whatever the time. */
export type StatusDecision =
  | { readonly kind: 'change'; readonly to: AppointmentStatus }
  | { readonly kind: 'already' }
  | { readonly kind: 'not-allowed' };

/** `not-today` and `not-begun`: the status allows the transition, the time does not. */
export type TransitionDecision = StatusDecision | { readonly kind: 'not-today' } | { readonly kind: 'not-begun' };

/**
 * Decides a transition by the status alone: for a transition whose time was judged when it was made. `already`: the visit has
 * the target status, so the transition succeeds and changes nothing, however often it is sent.
 */
export function decideByStatus(type: TransitionType, status: AppointmentStatus): StatusDecision {
  const { from, to } = transitionOf(type);
  if (status === to) return { kind: 'already' };
  return from.includes(status) ? { kind: 'change', to } : { kind: 'not-allowed' };
}

/** A visit, as much of it as a transition is decided by: its window without buffers, and its status. */
export interface TransitionFacts extends Interval {
  readonly status: AppointmentStatus;
}

/** Decides a transition of a visit at the present moment of its site: by its status, then by its time. */
export function decideTransition(type: TransitionType, visit: TransitionFacts, present: Present): TransitionDecision {
  const decision = decideByStatus(type, visit.status);
  if (decision.kind !== 'change') return decision;
  const { when } = transitionOf(type);
  if (when === 'today' && !isOfToday(visit, present)) return { kind: 'not-today' };
  if (when === 'begun' && present.now < visit.start) return { kind: 'not-begun' };
  return decision;
}

function isOfToday({ start, end }: Interval, { now, today }: Present): boolean {
  const beginsToday = today.start <= start && start < today.end;
  const isUnderWay = start <= now && now < end;
  return beginsToday || isUnderWay;
}

/** The time of arrival after a transition made at `at`; `before` is the one until then. All are RFC 3339 instants. */
export function arrivedAtAfter({ arrival }: Transition, before: string | null, at: string): string | null {
  if (arrival === 'clear') return null;
  return arrival === 'set' ? (before ?? at) : before;
}

/**
 * Until when the visit holds its slots after a transition made at `at` (RFC 3339): a visit whose patient did not come gives them
 * back from the next quarter of an hour on. Null: to its end, or not at all.
 */
export function holdsUntilAfter({ to }: Transition, at: string): string | null {
  return to === 'noshow' ? instantOf(quarterDuring(at) + 1) : null;
}
