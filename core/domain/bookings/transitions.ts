import type { AppointmentStatus } from '../statuses.ts';

export interface Transition {
  readonly from: readonly AppointmentStatus[];
  readonly to: AppointmentStatus;
  /** What becomes of the time of arrival. `set` keeps a time that is there. */
  readonly arrival: 'keep' | 'set' | 'clear';
}

/**
 * The changes of status that a person makes, as data. The call in the database takes a row as its parameters, so the rule
 * stands here alone. No transition brings a cancelled visit back: its slots may be taken.
 */
const transitions = {
  cancel: { from: ['proposed', 'pending', 'booked', 'arrived', 'checked-in'], to: 'cancelled', arrival: 'keep' },
  'check-in': { from: ['booked', 'arrived'], to: 'checked-in', arrival: 'set' },
  'un-arrive': { from: ['arrived', 'checked-in'], to: 'booked', arrival: 'clear' },
} as const satisfies Record<string, Transition>;

export type TransitionType = keyof typeof transitions;
export const transitionTypes = Object.keys(transitions) as TransitionType[];

/** The row of a transition; `to` is never among `from`. */
export function transitionOf(type: TransitionType): Transition {
  return transitions[type];
}

export function isTransition(type: string): type is TransitionType {
  return Object.hasOwn(transitions, type);
}

export type TransitionDecision =
  | { readonly kind: 'change'; readonly to: AppointmentStatus }
  | { readonly kind: 'already' }
  | { readonly kind: 'not-allowed' };

/**
 * Decides a transition of a visit by its status. `already`: the visit has the target status, so the transition succeeds and
 * changes nothing, however often it is sent.
 */
export function decideTransition(type: TransitionType, status: AppointmentStatus): TransitionDecision {
  const { from, to } = transitionOf(type);
  if (status === to) return { kind: 'already' };
  return from.includes(status) ? { kind: 'change', to } : { kind: 'not-allowed' };
}

/** The time of arrival after a transition made at `at`; `before` is the one until then. All are RFC 3339 instants. */
export function arrivedAtAfter({ arrival }: Transition, before: string | null, at: string): string | null {
  if (arrival === 'clear') return null;
  return arrival === 'set' ? (before ?? at) : before;
}
