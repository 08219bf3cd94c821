import type { Appointment } from '../../../core/calendar/appointment.ts';
import { appointmentFactsOf } from '../../../core/calendar/facts.ts';
import type { Command } from '../../../core/commands/list.ts';
import { claimedIntervals } from '../../../core/domain/bookings/claimed-slots.ts';
import { overlaps, type Interval } from '../../../core/domain/time/interval.ts';
import { quarterOf } from '../../../core/domain/time/quarter.ts';
import type { Freed, StoredCommand } from '../store/outbox.ts';

type Claim = NonNullable<Freed>[number];

/** What a visit keeps from other visits, in quarters: provider, room, equipment, and the patient, who cannot be in two. */
export function claimsOf(appointment: Appointment): Claim[] {
  const facts = appointmentFactsOf(appointment);
  const claims = claimedIntervals(facts).map(({ resourceId, interval }) => ({ resourceId, ...interval }));
  const { patientId, start, end } = facts;
  return patientId === null || facts.patientMayOverlap ? claims : [...claims, { resourceId: patientId, start, end }];
}

/** What a visit no longer keeps that holds its slots until `holdsUntil` (RFC 3339); null: what it keeps now, all of it. */
export function claimsAfter(appointment: Appointment, holdsUntil: string | null): Claim[] {
  const claims = claimsOf(appointment);
  if (holdsUntil === null) return claims;
  const from = quarterOf(holdsUntil);
  return claims.filter(({ end }) => end > from).map((claim) => ({ ...claim, start: Math.max(claim.start, from) }));
}

/** The claims that a capacity raise frees: for a later booking a raised slot is as good as one that was given free. */
export function raisedBy({ resourceId, slotStarts }: Command<'raise-capacity'>['body']): Claim[] {
  return slotStarts.map(quarterOf).map((start) => ({ resourceId, start, end: start + 1 }));
}

/**
 * The ids of the undecided commands that free what a placement takes: they must reach the server before the placement.
 * `claims` null: everything freed in `window` counts. `window` null too: everything freed counts. A command that frees
 * something unknown always counts: waiting costs less than a refusal that nobody deserved.
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
