import type { Appointment, Patient } from '../../core/calendar/appointment.ts';
import type { DayView, OpenRun, Resource } from '../../core/calendar/calendar.ts';
import type { TransitionType } from '../../core/domain/bookings/transitions.ts';
import { instantOf, minutesPerQuarter, type Quarter } from '../../core/domain/time/quarter.ts';
import { dayBounds, quarterFromWall } from '../../core/domain/time/zoned.ts';
import { protocol } from '../../core/primitives/protocol.ts';
import type { PendingCommand } from '../../renderer/commands/pending-commands.ts';

export const timeZone = 'Europe/Berlin';
export const date = '2026-11-23';

/** Ids that read well in a failure and are UUIDs in form. */
export function idOf(letter: string, n = 0): string {
  const hex = letter.codePointAt(0)?.toString(16) ?? '0';
  return `00000000-0000-7000-8000-${`${hex}${n.toString(16)}`.padStart(12, '0')}`;
}

export const site = { siteId: idOf('s'), name: 'Seawall', timeZone };

/** The quarter at which the clinic's clock shows this time, on the day of the tests. */
export function at(time: string): Quarter {
  return quarterFromWall(date, time, timeZone);
}

export function provider(n: number): Resource {
  const resourceId = idOf('p', n);
  return { resourceId, kind: 'provider', name: `Dr ${n}`, siteId: null, roomFeatures: [], equipmentType: null };
}

export function run(n: number, from: string, until: string, capacity = 1): OpenRun {
  return { resourceId: idOf('p', n), startsAt: instantOf(at(from)), endsAt: instantOf(at(until)), capacity };
}

export function appointment(n: number, from: string, overrides: Partial<Appointment> = {}): Appointment {
  return {
    appointmentId: idOf('a', n),
    version: 1,
    siteId: site.siteId,
    patientId: idOf('c', n),
    serviceId: idOf('v'),
    providerId: idOf('p', 1),
    roomId: null,
    equipmentId: null,
    scheduledStart: instantOf(at(from)),
    durationMinutes: 2 * minutesPerQuarter,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    patientMayOverlap: false,
    status: 'booked',
    arrivedAt: null,
    holdsUntil: null,
    ...overrides,
  };
}

export function patient(n: number): Patient {
  return { patientId: idOf('c', n), displayName: `Patient ${n}`, birthDate: '1990-01-01', phone: '', alert: '' };
}

export function dayView(overrides: Partial<DayView> = {}): DayView {
  const { start, end } = dayBounds(date, timeZone);
  return {
    site,
    date,
    startsAt: instantOf(start),
    endsAt: instantOf(end),
    resources: [provider(1), provider(2)],
    services: [],
    openRuns: [run(1, '08:00', '17:00'), run(2, '08:00', '17:00')],
    appointments: [],
    patients: [],
    cursor: '',
    ...overrides,
  };
}

const envelope = {
  commandId: idOf('k'),
  actorId: idOf('u'),
  deskId: 'desk',
  madeAt: '2026-11-23T07:00:00Z',
  protocol,
} as const;

export function pending(
  typed: PendingCommand['typed'],
  expected: Appointment | null = null,
  who: Patient | null = null,
): PendingCommand {
  return { typed, expected, patient: who, seen: new Set(), phase: 'sending' };
}

export function pendingBook(expected: Appointment, who: Patient): PendingCommand {
  const { appointmentId, siteId, serviceId, providerId, scheduledStart } = expected;
  const body = { appointmentId, siteId, serviceId, providerId, scheduledStart, patientId: who.patientId };
  return pending({ type: 'book', command: { ...envelope, body } }, expected, who);
}

export function pendingMove(version: number, expected: Appointment): PendingCommand {
  const { appointmentId, scheduledStart } = expected;
  const command = { ...envelope, precondition: { version }, body: { appointmentId, scheduledStart } };
  return pending({ type: 'move', command }, expected);
}

export function pendingTransition(type: TransitionType, appointmentId: string): PendingCommand {
  return pending({ type, command: { ...envelope, body: { appointmentId } } });
}

export function pendingRaise(slotStarts: readonly string[], capacity: number): PendingCommand {
  const body = { resourceId: idOf('p', 1), slotStarts: [...slotStarts], capacity, reason: 'twins' };
  return pending({ type: 'raise-capacity', command: { ...envelope, body } });
}
