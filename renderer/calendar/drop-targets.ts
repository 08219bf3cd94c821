import type { Appointment } from '../../core/calendar/appointment.ts';
import type { DayView } from '../../core/calendar/calendar.ts';
import { appointmentFactsOf, bookingFactsOf } from '../../core/calendar/facts.ts';
import { keptInterval } from '../../core/domain/bookings/claimed-slots.ts';
import { decideMove, type MoveChange } from '../../core/domain/bookings/decide-move.ts';
import type { BookingError, BookingFacts, Placement } from '../../core/domain/bookings/facts.ts';
import { slotTable } from '../../core/domain/bookings/slot-table.ts';
import type { ResourceKind, Result } from '../../core/domain/terms.ts';
import { quartersOf, subtract, type Interval } from '../../core/domain/time/interval.ts';
import type { Quarter } from '../../core/domain/time/quarter.ts';

export interface DropTargets {
  readonly current: Interval;
  /** Whether the visit may go there, as far as this desk knows. */
  judge(resourceId: string, start: Quarter, durationQuarters: number): Result<Placement, BookingError>;
  /**
   * The parts of a column that no free window covers, by the column's own slots alone. Fast, and all of them are forbidden.
   */
  occupied(resourceId: string, day: Interval): Interval[];
  /** The parts of a column that no allowed window covers. */
  forbidden(resourceId: string, day: Interval): Interval[];
}

export function changeTo(kind: ResourceKind, resourceId: string): MoveChange {
  if (kind === 'provider') return { providerId: resourceId };
  return kind === 'room' ? { roomId: resourceId } : { equipmentId: resourceId };
}

/**
 * Where one visit may be dropped. Each place is judged when it is asked for and then remembered, because a drag asks for the
 * same place at every frame. Null where the day does not know the visit's service, and so cannot judge.
 */
export function dropTargetsOf(
  view: DayView,
  appointment: Appointment,
  kind: ResourceKind,
  now: Quarter,
): DropTargets | null {
  const facts = bookingFactsOf(view, appointment.serviceId, appointment.patientId);
  if (!facts) return null;
  const current = appointmentFactsOf(appointment);
  const factsAround = splitByTime(facts);
  const slots = slotTable(facts.calendar, { ignoring: current.appointmentId });
  const judged = new Map<string, Result<Placement, BookingError>>();

  const judge = (resourceId: string, start: Quarter, durationQuarters: number) => {
    const key = `${resourceId} ${start} ${durationQuarters}`;
    const known = judged.get(key);
    if (known) return known;
    const kept = keptInterval('provider', { start, end: start + durationQuarters }, current);
    const change = { ...changeTo(kind, resourceId), start, durationQuarters };
    const decision = decideMove(factsAround(kept), current, change, now);
    judged.set(key, decision);
    return decision;
  };

  const length = current.end - current.start;
  const freeWindows = (resourceId: string, day: Interval): Interval[] =>
    facts.calendar.openRuns
      .filter((run) => run.resourceId === resourceId)
      .flatMap((run) => quartersOf({ start: Math.max(run.start, day.start), end: Math.min(run.end, day.end) }))
      .map((start) => ({ start, end: start + length }))
      .filter((window) => slots.isFree(resourceId, keptInterval(kind, window, current)));

  return {
    current,
    judge,
    occupied: (resourceId, day) => subtract([day], freeWindows(resourceId, day)),
    forbidden(resourceId, day) {
      const allowed = freeWindows(resourceId, day).filter(({ start }) => judge(resourceId, start, length).ok);
      return subtract([day], allowed);
    },
  };
}

/**
 * The same facts with only those occupancies that touch a window, because a decision on that window looks at no others.
 * Shading a column asks for a hundred decisions in one frame, and a full day has two thousand occupancies.
 */
function splitByTime(facts: BookingFacts): (window: Interval) => BookingFacts {
  const { calendar } = facts;
  const indexesAt = new Map<Quarter, number[]>();
  for (const [index, occupancy] of calendar.occupancies.entries()) {
    for (const quarter of quartersOf(occupancy)) {
      const indexes = indexesAt.get(quarter);
      if (indexes) indexes.push(index);
      else indexesAt.set(quarter, [index]);
    }
  }
  return (window) => {
    const touching = new Set(quartersOf(window).flatMap((quarter) => indexesAt.get(quarter) ?? []));
    // Occupancies keep their old order, because blockers are named in that order.
    const occupancies = [...touching].toSorted((a, b) => a - b).flatMap((index) => calendar.occupancies[index] ?? []);
    return { ...facts, calendar: { ...calendar, occupancies } };
  };
}
