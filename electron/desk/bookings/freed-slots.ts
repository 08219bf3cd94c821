import type { Appointment } from '../../../core/calendar/appointment.ts';
import { appointmentFactsOf } from '../../../core/calendar/facts.ts';
import type { Command } from '../../../core/commands/list.ts';
import { claimedIntervals } from '../../../core/domain/bookings/claimed-slots.ts';
import { overlaps, type Interval } from '../../../core/domain/time/interval.ts';
import { quarterOf } from '../../../core/domain/time/quarter.ts';
import type { Freed, StoredCommand } from '../store/outbox.ts';

type Claim = NonNullable<Freed>[number];

/** What a visit keeps from others: its provider, room and equipment, and its patient, who cannot be in two. */
export function claimsOf(appointment: Appointment): Claim[] {
  const facts = appointmentFactsOf(appointment);
  const claims = claimedIntervals(facts).map(({ resourceId, interval }) => ({ resourceId, ...interval }));
  const { patientId, start, end } = facts;
  return patientId === null || facts.patientMayOverlap ? claims : [...claims, { resourceId: patientId, start, end }];
}

/** A raised slot has a seat more: to whoever books it, it is as if it had been given free. */
export function raisedBy({ resourceId, slotStarts }: Command<'raise-capacity'>['body']): Claim[] {
  return slotStarts.map(quarterOf).map((start) => ({ resourceId, start, end: start + 1 }));
}

/**
 * Undecided commands that give free what a placement takes: they must reach the server before it. Where the desk does not
 * know the claims, whatever is given free in the window counts; where it does not know the window, or what a command gives
 * free, that counts too: waiting costs less than a refusal that nobody deserved.
 */
export function whatFrees(
  undecided: readonly StoredCommand[],
  window: Interval | null,
  claims: readonly Claim[] | null,
): string[] {
  const isInTheWay = (freed: Claim) =>
    claims
      ? claims.some((claim) => claim.resourceId === freed.resourceId && overlaps(claim, freed))
      : window === null || overlaps(window, freed);
  return undecided
    .filter(({ frees }) => frees === null || frees.some(isInTheWay))
    .map(({ typed }) => typed.command.commandId);
}
