import { holdsSlots } from '../domain/statuses.ts';
import { overlaps, subtract, type Interval } from '../domain/time/interval.ts';
import { instantOf, minutesPerQuarter, quarterOf } from '../domain/time/quarter.ts';
import type { Appointment, Patient } from './appointment.ts';
import type { DayView, OpenRun } from './calendar.ts';

function windowOf(appointment: Appointment): Interval {
  const start = quarterOf(appointment.scheduledStart);
  return { start, end: start + appointment.durationMinutes / minutesPerQuarter };
}

function belongsTo(view: DayView, appointment: Appointment): boolean {
  return (
    appointment.siteId === view.site.siteId &&
    holdsSlots(appointment.status) &&
    overlaps(windowOf(appointment), { start: quarterOf(view.startsAt), end: quarterOf(view.endsAt) })
  );
}

/** A visit as it now stands, and its patient where the day may not hold them yet. */
export interface Placed {
  readonly appointment: Appointment;
  readonly patient: Patient | null;
}

/** The day with one visit as it now stands: added, replaced, or removed where it left the day or gave its slots back. */
export function withAppointment(view: DayView, appointment: Appointment, patient: Patient | null = null): DayView {
  return withAppointments(view, [{ appointment, patient }]);
}

/** Like `withAppointment`, for many different visits in one pass over the day: after hours offline dozens come at once. */
export function withAppointments(view: DayView, placed: readonly Placed[]): DayView {
  const coming = new Map(placed.map((one) => [one.appointment.appointmentId, one]));
  const staying = view.appointments.flatMap((known) => {
    const next = coming.get(known.appointmentId);
    if (!next) return [known];
    coming.delete(known.appointmentId);
    return belongsTo(view, next.appointment) ? [next.appointment] : [];
  });
  const added = [...coming.values()].filter(({ appointment }) => belongsTo(view, appointment));
  if (coming.size === placed.length && added.length === 0) return view;
  return {
    ...view,
    appointments: [...staying, ...added.map(({ appointment }) => appointment)],
    patients: placed.filter(({ appointment }) => belongsTo(view, appointment)).reduce(withPatient, view.patients),
  };
}

function withPatient(known: Patient[], { patient }: Placed): Patient[] {
  if (!patient || known.some(({ patientId }) => patientId === patient.patientId)) return known;
  return [...known, patient];
}

/**
 * The day with a visit in another status. A cancelled visit stays, unlike in `withAppointment`: the day shows the visit as
 * on its way out until the server has cancelled it.
 */
export function withStatus(
  view: DayView,
  appointmentId: string,
  changed: Pick<Appointment, 'status' | 'arrivedAt' | 'holdsUntil'>,
): DayView {
  const appointments = view.appointments.map((other) =>
    other.appointmentId === appointmentId ? { ...other, ...changed, version: other.version + 1 } : other,
  );
  return { ...view, appointments };
}

/** The day with some slots of a resource raised to a capacity. */
export function withRaisedSlots(
  view: DayView,
  { resourceId, slotStarts, capacity }: { resourceId: string; slotStarts: readonly string[]; capacity: number },
): DayView {
  const openRuns = slotStarts.reduce<readonly OpenRun[]>(
    (runs, slotStart) => withRaisedSlot(runs, resourceId, slotStart, capacity),
    view.openRuns,
  );
  return { ...view, openRuns: [...openRuns] };
}

/** The open runs with one slot raised to a capacity: the slot's run is split around the slot. */
function withRaisedSlot(runs: readonly OpenRun[], resourceId: string, slotStart: string, capacity: number): OpenRun[] {
  const start = quarterOf(slotStart);
  const slot = { start, end: start + 1 };
  return runs.flatMap((run) => {
    const window = { start: quarterOf(run.startsAt), end: quarterOf(run.endsAt) };
    if (run.resourceId !== resourceId || run.capacity >= capacity || !overlaps(window, slot)) return [run];
    const cut = (part: Interval, seats: number) => ({
      resourceId,
      startsAt: instantOf(part.start),
      endsAt: instantOf(part.end),
      capacity: seats,
    });
    return [...subtract([window], [slot]).map((part) => cut(part, run.capacity)), cut(slot, capacity)];
  });
}
