import type { AppointmentStatus } from '../terms.ts';

/**
 * The changes of status that a person makes, as data: the call in the database takes both columns as parameters, so
 * that the rule stands here alone. A cancelled visit never comes back by a transition: its slots may be taken.
 */
const transitions = {
  cancel: { from: ['proposed', 'pending', 'booked', 'arrived', 'checked-in'], to: 'cancelled' },
  'check-in': { from: ['booked', 'arrived'], to: 'checked-in' },
  'un-arrive': { from: ['arrived', 'checked-in'], to: 'booked' },
} as const satisfies Record<string, { from: readonly AppointmentStatus[]; to: AppointmentStatus }>;

export type TransitionType = keyof typeof transitions;
export const transitionTypes = Object.keys(transitions) as TransitionType[];

/** The statuses from which a transition changes something. Its target is never among them. */
export function allowedFrom(type: TransitionType): readonly AppointmentStatus[] {
  return transitions[type].from;
}

export function targetOf(type: TransitionType): AppointmentStatus {
  return transitions[type].to;
}

export type TransitionDecision =
  | { readonly kind: 'change'; readonly to: AppointmentStatus }
  | { readonly kind: 'already' }
  | { readonly kind: 'not-allowed' };

/** `already`: the status is the target, so the transition succeeds and changes nothing, however often it is sent. */
export function decideTransition(type: TransitionType, status: AppointmentStatus): TransitionDecision {
  if (status === targetOf(type)) return { kind: 'already' };
  return allowedFrom(type).includes(status) ? { kind: 'change', to: targetOf(type) } : { kind: 'not-allowed' };
}
