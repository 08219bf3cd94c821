import type { Appointment, Patient } from '../../core/calendar/appointment.ts';
import type { DayView } from '../../core/calendar/calendar.ts';
import { appointmentFactsOf, appointmentOf } from '../../core/calendar/facts.ts';
import type { Command } from '../../core/commands/list.ts';
import { claimedIntervals } from '../../core/domain/bookings/claimed-slots.ts';
import type { Placement } from '../../core/domain/bookings/facts.ts';
import type { TransitionType } from '../../core/domain/bookings/transitions.ts';
import type { ResourceKind } from '../../core/domain/terms.ts';
import { overlaps, quartersOf, type Interval } from '../../core/domain/time/interval.ts';
import { minutesPerQuarter, quarterOf } from '../../core/domain/time/quarter.ts';
import { zonedInstant } from '../../core/domain/time/zoned.ts';
import { makeCommand, type Identity } from '../commands/make-command.ts';
import { sendCommand } from '../commands/send-command.ts';

function seenIn(view: DayView): ReadonlySet<string> {
  return new Set(view.appointments.map(({ appointmentId }) => appointmentId));
}

function durationMinutesOf(window: Interval): number {
  return (window.end - window.start) * minutesPerQuarter;
}

/** Room or equipment that the person named, and the waitlist entry that the booking fulfils. */
interface Named {
  readonly roomId?: string;
  readonly equipmentId?: string;
  readonly fulfils?: string;
}

/** A day as it is shown. `provisional` has the last undecided command on each visit, by the visit's id. */
export interface ShownDay {
  readonly view: DayView;
  readonly provisional: ReadonlyMap<string, string>;
}

/** The undecided command that a new command on this visit follows, or null. */
function lastOn({ provisional }: ShownDay, appointmentId: string): { readonly commandId: string } | null {
  const commandId = provisional.get(appointmentId);
  return commandId === undefined ? null : { commandId };
}

/**
 * Books what the draft shows. The command leaves out room and equipment that nobody named. The server chooses them, and from
 * the same facts it chooses the same.
 */
export function bookVisit(
  identity: Identity,
  view: DayView,
  placement: Placement,
  patient: Patient,
  named: Named = {},
  after?: Command<'register-patient'>,
): void {
  const { appointmentId, siteId, serviceId, providerId, start } = placement;
  const { fulfils, ...resources } = named;
  const body = {
    appointmentId,
    siteId,
    patientId: patient.patientId,
    serviceId,
    providerId,
    scheduledStart: zonedInstant(start, view.site.timeZone),
    durationMinutes: durationMinutesOf(placement),
    ...resources,
  };
  const typed = makeCommand('book', identity, body, { after });
  // The decision was made without the patient, who may not be registered yet.
  const placed = { ...placement, patientId: patient.patientId };
  const expected = appointmentOf(placed, { version: 1, status: 'booked', arrivedAt: null });
  void sendCommand({ typed, expected, patient, seen: seenIn(view), before: null, ...(fulfils && { fulfils }) });
}

/**
 * Registers a patient and books for them in one go. The second of these two commands follows the first, and is refused with
 * it.
 */
export function registerAndBook(
  identity: Identity,
  view: DayView,
  placement: Placement,
  patient: Patient,
  named: Named = {},
): void {
  const typed = makeCommand('register-patient', identity, patient);
  void sendCommand({ typed, expected: null, patient, seen: seenIn(view) });
  bookVisit(identity, view, placement, patient, named, typed.command);
}

/** Moves or resizes a visit. The command names only what the person changed. */
export function moveVisit(
  identity: Identity,
  day: ShownDay,
  appointment: Appointment,
  placement: Placement,
  kind: ResourceKind,
): void {
  const { view } = day;
  const before = appointmentFactsOf(appointment);
  const change: Omit<Command<'move'>['body'], 'appointmentId'> = {};
  if (placement.start !== before.start) change.scheduledStart = zonedInstant(placement.start, view.site.timeZone);
  const minutes = durationMinutesOf(placement);
  if (minutes !== appointment.durationMinutes) change.durationMinutes = minutes;
  if (kind === 'provider' && placement.providerId !== before.providerId) change.providerId = placement.providerId;
  if (kind === 'room' && placement.roomId && placement.roomId !== before.roomId) change.roomId = placement.roomId;
  if (kind === 'equipment' && placement.equipmentId && placement.equipmentId !== before.equipmentId) {
    change.equipmentId = placement.equipmentId;
  }
  const { version, status, arrivedAt } = appointment;
  const expected = appointmentOf(placement, { version: version + 1, status, arrivedAt });
  const { appointmentId } = appointment;
  const comes = { after: lastOn(day, appointmentId), seen: appointment };
  const typed = makeCommand('move', identity, { appointmentId, ...change }, comes);
  const patient = patientOf(view, appointment);
  void sendCommand({ typed, expected, patient, seen: seenIn(view), before: appointment });
}

function patientOf(view: DayView, { patientId }: Appointment): Patient | null {
  return view.patients.find((other) => other.patientId === patientId) ?? null;
}

export function changeStatus(identity: Identity, day: ShownDay, type: TransitionType, appointment: Appointment): void {
  const { view } = day;
  const { appointmentId } = appointment;
  const typed = makeCommand(type, identity, { appointmentId }, { after: lastOn(day, appointmentId) });
  const patient = patientOf(view, appointment);
  void sendCommand({ typed, expected: null, patient, seen: seenIn(view), before: appointment });
}

export function removeEntry(identity: Identity, waitlistEntryId: string): void {
  const typed = makeCommand('leave-waitlist', identity, { waitlistEntryId });
  void sendCommand({ typed, expected: null, patient: null, seen: new Set() });
}

/** The provider's slots that the visit takes, and the largest number of seats that one of them has. */
export function providerSlotsOf(view: DayView, appointment: Appointment): { slots: Interval; capacity: number } {
  const claimed = claimedIntervals(appointmentFactsOf(appointment)).find(({ kind }) => kind === 'provider');
  const start = quarterOf(appointment.scheduledStart);
  const slots = claimed?.interval ?? { start, end: start + 1 };
  const capacity = view.openRuns.reduce((max, run) => {
    const window = { start: quarterOf(run.startsAt), end: quarterOf(run.endsAt) };
    const isThere = run.resourceId === appointment.providerId && overlaps(window, slots);
    return isThere ? Math.max(max, run.capacity) : max;
  }, 1);
  return { slots, capacity };
}

export function raiseCapacity(
  identity: Identity,
  view: DayView,
  raise: { readonly resourceId: string; readonly slots: Interval; readonly capacity: number; readonly reason: string },
): ReturnType<typeof sendCommand> {
  const { resourceId, slots, capacity, reason } = raise;
  const slotStarts = quartersOf(slots).map((quarter) => zonedInstant(quarter, view.site.timeZone));
  const typed = makeCommand('raise-capacity', identity, { resourceId, slotStarts, capacity, reason });
  return sendCommand({ typed, expected: null, patient: null, seen: seenIn(view) });
}
