import type { AppointmentStatus } from '../../core/domain/terms.ts';
import type { Visit } from './columns.ts';

const movable: readonly AppointmentStatus[] = ['pending', 'booked', 'arrived', 'checked-in'];

/** What is over, or only held for an offer, stays where it is. */
export function isMovable({ appointment }: Visit): boolean {
  return movable.includes(appointment.status);
}

/** Whether checking in is the visit's next step. */
export function isCheckInNext({ appointment }: Visit): boolean {
  return appointment.status === 'booked' || appointment.status === 'arrived';
}
