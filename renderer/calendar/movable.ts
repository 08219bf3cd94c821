import type { AppointmentStatus } from '../../core/domain/terms.ts';

const movable: readonly AppointmentStatus[] = ['pending', 'booked', 'arrived', 'checked-in'];

/** What is over, or only held for an offer, stays where it is. */
export function isMovable(status: AppointmentStatus): boolean {
  return movable.includes(status);
}
