import type { Appointment } from '../../core/contract/appointment.ts';
import type { DayView } from '../../core/contract/calendar.ts';
import { appointmentFactsOf, bookingFactsOf } from '../../core/contract/facts.ts';
import { decideMove, type MoveChange } from '../../core/domain/bookings/decide-move.ts';
import type { BookingError, Placement } from '../../core/domain/bookings/facts.ts';
import { subtract, type Interval } from '../../core/domain/interval.ts';
import type { ResourceKind, Result } from '../../core/domain/terms.ts';
import type { Quarter } from '../../core/domain/time/quarter.ts';

export interface DropTargets {
  readonly current: Interval;
  /** Whether the visit may go there, by what this desk knows. */
  judge(resourceId: string, start: Quarter, durationQuarters: number): Result<Placement, BookingError>;
  /** The parts of a column that no allowed window covers. */
  forbidden(resourceId: string, day: Interval): Interval[];
}

export function changeTo(kind: ResourceKind, resourceId: string): MoveChange {
  if (kind === 'provider') return { providerId: resourceId };
  return kind === 'room' ? { roomId: resourceId } : { equipmentId: resourceId };
}

/**
 * Where one visit may be dropped. Judged when asked and remembered, because a drag asks the same at every frame; null
 * where the day does not know the visit's service, so that nothing can be said.
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
  const judged = new Map<string, Result<Placement, BookingError>>();

  const judge = (resourceId: string, start: Quarter, durationQuarters: number) => {
    const key = `${resourceId} ${start} ${durationQuarters}`;
    const known = judged.get(key);
    if (known) return known;
    const decision = decideMove(facts, current, { ...changeTo(kind, resourceId), start, durationQuarters }, now);
    judged.set(key, decision);
    return decision;
  };

  return {
    current,
    judge,
    forbidden(resourceId, day) {
      const length = current.end - current.start;
      const allowed: Interval[] = [];
      const runs = facts.calendar.openRuns.filter((run) => run.resourceId === resourceId);
      for (const run of runs) {
        for (let start = Math.max(run.start, day.start); start < Math.min(run.end, day.end); start++) {
          if (judge(resourceId, start, length).ok) allowed.push({ start, end: start + length });
        }
      }
      return subtract([day], allowed);
    },
  };
}
