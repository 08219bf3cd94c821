import { traitsOf, type Tone } from '../../core/domain/statuses.ts';
import type { Visit } from './columns.ts';

/** What a visit looks like: its status' tone, or that the server has not decided it. */
export type ShownTone = Tone | 'provisional';

export function toneOf({ appointment, isProvisional }: Visit): ShownTone {
  return isProvisional ? 'provisional' : traitsOf(appointment.status).tone;
}

/** What is over, or only held for an offer, stays where it is. */
export function isMovable({ appointment }: Visit): boolean {
  return traitsOf(appointment.status).movable;
}

/** Whether checking in is the visit's next step. */
export function isCheckInNext({ appointment }: Visit): boolean {
  return traitsOf(appointment.status).next === 'check-in';
}

/** Whether the patient is here and waits. */
export function isWaiting({ appointment }: Visit): boolean {
  return traitsOf(appointment.status).list === 'waiting';
}

/** Whether the visit is cancelled: it stays on the screen until the server has decided the cancellation. */
export function isGone({ appointment }: Visit): boolean {
  return traitsOf(appointment.status).tone === 'gone';
}
