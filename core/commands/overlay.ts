import type { Appointment, Patient } from '../calendar/appointment.ts';
import type { DayView, OpenRun } from '../calendar/calendar.ts';
import { decideTransition, type TransitionType } from '../domain/bookings/transitions.ts';
import { holdsClaims, type AppointmentStatus } from '../domain/terms.ts';
import { overlaps, subtract, type Interval } from '../domain/time/interval.ts';
import { instantOf, minutesPerQuarter, quarterOf } from '../domain/time/quarter.ts';
import type { TypedCommand } from './list.ts';

/** A command that the server has not decided, with what the desk expects of it. */
export interface UndecidedCommand {
  readonly typed: TypedCommand;
  /** Of book, move and reinstate: the visit as the desk's own decision places it, with the version that this would leave. */
  readonly expected: Appointment | null;
  /** Of book: whom the card names before the server does. */
  readonly patient: Patient | null;
}

export interface Overlaid {
  readonly view: DayView;
  /** Appointments that show what the server has not decided, each with the last command on it. */
  readonly provisional: ReadonlyMap<string, string>;
}

function windowOf(appointment: Appointment): Interval {
  const start = quarterOf(appointment.scheduledStart);
  return { start, end: start + appointment.durationMinutes / minutesPerQuarter };
}

function belongsTo(view: DayView, appointment: Appointment): boolean {
  return (
    appointment.siteId === view.site.siteId &&
    holdsClaims(appointment.status) &&
    overlaps(windowOf(appointment), { start: quarterOf(view.startsAt), end: quarterOf(view.endsAt) })
  );
}

/** A visit as it now is, and whom its card names where the day does not know them yet. */
export interface Placed {
  readonly appointment: Appointment;
  readonly patient: Patient | null;
}

/** The day with one visit as it now is: put in, replaced, or taken out where it left the day or gave its slots back. */
export function withAppointment(view: DayView, appointment: Appointment, patient: Patient | null = null): DayView {
  return withAppointments(view, [{ appointment, patient }]);
}

/** The same with many, each of them once: after hours offline they come by the dozen, and the day is gone through once. */
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

/** Unlike in `withAppointment`, a cancelled visit stays: until the server has cancelled it, it is shown as on its way out. */
function withStatus(view: DayView, appointmentId: string, status: AppointmentStatus): DayView {
  const appointments = view.appointments.map((other) =>
    other.appointmentId === appointmentId ? { ...other, status, version: other.version + 1 } : other,
  );
  return { ...view, appointments };
}

function isTransition(type: TypedCommand['type']): type is TransitionType {
  return type === 'cancel' || type === 'check-in' || type === 'un-arrive';
}

/** The open runs with one slot raised: its run is split around it. */
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

/**
 * What the person should see: the day as the server last told it, with the commands that it has not decided laid over
 * it, in their order. A command that the day already shows (the feed was faster than the answer) changes nothing.
 */
export function overlayUndecided(view: DayView, undecided: readonly UndecidedCommand[]): Overlaid {
  const provisional = new Map<string, string>();
  let overlaid = view;
  for (const { typed, expected, patient } of undecided) {
    if (typed.type === 'raise-capacity') {
      const { resourceId, slotStarts, capacity } = typed.command.body;
      const openRuns = slotStarts.reduce<readonly OpenRun[]>(
        (runs, slotStart) => withRaisedSlot(runs, resourceId, slotStart, capacity),
        overlaid.openRuns,
      );
      overlaid = { ...overlaid, openRuns: [...openRuns] };
      continue;
    }
    // Nobody is on a day before a visit is.
    if (typed.type === 'register-patient' || typed.type === 'join-waitlist' || typed.type === 'leave-waitlist')
      continue;
    const { commandId } = typed.command;
    const { appointmentId } = typed.command.body;
    const current = overlaid.appointments.find((appointment) => appointment.appointmentId === appointmentId);
    if (isTransition(typed.type)) {
      const decision = current ? decideTransition(typed.type, current.status) : null;
      if (!current || decision?.kind !== 'change') continue;
      overlaid = withStatus(overlaid, appointmentId, decision.to);
      provisional.set(appointmentId, commandId);
      continue;
    }
    if (!expected || (current && current.version >= expected.version)) continue;
    overlaid = withAppointment(overlaid, expected, patient);
    provisional.set(appointmentId, commandId);
  }
  return { view: overlaid, provisional };
}
