import { traitsOf, type Tone } from '../../core/domain/statuses.ts';
import type { Visit } from './columns.ts';

/** The tones of visits, and that of a booking which the server has not decided. */
export type ShownTone = Tone | 'provisional';

/**
 * The look of a visit: the tone of its status. A booked visit is `provisional` until the server has decided. Any other status
 * keeps its tone, so that the offline calendar tells waiting patients from finished visits; `data-provisional` hatches the card.
 */
export function toneOf({ appointment, isProvisional }: Visit): ShownTone {
  const { tone } = traitsOf(appointment.status);
  return isProvisional && tone === 'plain' ? 'provisional' : tone;
}

/** Whether the visit can be moved. A visit that is over, or only held for an offer, cannot. */
export function isMovable({ appointment }: Visit): boolean {
  return traitsOf(appointment.status).movable;
}

/** Whether the patient is expected, and would be late once the visit has begun. */
export function isAwaited({ appointment }: Visit): boolean {
  return traitsOf(appointment.status).next === 'arrive';
}

/** Whether the patient has arrived and waits. */
export function isWaiting({ appointment }: Visit): boolean {
  return traitsOf(appointment.status).list === 'waiting';
}

/** Whether the visit is cancelled. It stays on the screen until the server has decided the cancellation. */
export function isGone({ appointment }: Visit): boolean {
  return traitsOf(appointment.status).tone === 'gone';
}
