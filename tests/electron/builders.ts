import { v7 as uuidv7 } from 'uuid';

import type { Appointment, Patient } from '../../core/calendar/appointment.ts';
import type { Change, Changes, DayView, Site } from '../../core/calendar/calendar.ts';
import type { Command, TypedCommand } from '../../core/commands/list.ts';
import type { Person, Session } from '../../core/contract/session.ts';
import type { TransitionType } from '../../core/domain/bookings/transitions.ts';
import { permissionsOf } from '../../core/domain/people/permissions.ts';
import { protocol } from '../../core/primitives/protocol.ts';

/** Like the ids that are minted now: a real server refuses what is too old. */
const madeAt = new Date().toISOString();

export const berlin: Site = {
  siteId: '0198b000-0000-7000-8000-000000000001',
  name: 'Mitte',
  timeZone: 'Europe/Berlin',
};

/** The feed epoch of the stand-in server. */
export const epoch = '0198b000-0000-7000-8000-0000000000e1';

/** A cursor in its feed. */
export function cursorAt(xid: number, seq = 0, ofEpoch = epoch): string {
  return `${ofEpoch}.${xid}.${seq}`;
}

export function aPerson(overrides: Partial<Person> = {}): Person {
  return {
    userId: '0198b000-0000-7000-8000-0000000000a1',
    orgId: '0198b000-0000-7000-8000-0000000000b1',
    organizationName: 'Praxis am Park',
    isDemo: false,
    displayName: 'Rana Acar',
    role: 'receptionist',
    permissions: [...permissionsOf(overrides.role ?? 'receptionist')],
    homeSiteId: berlin.siteId,
    sites: [berlin],
    ...overrides,
  };
}

export function aSession(overrides: Partial<Session> = {}): Session {
  return { token: `token-${uuidv7()}`, expiresAt: '2026-11-23T19:00:00Z', person: aPerson(), ...overrides };
}

export function anEnvelope() {
  return {
    commandId: uuidv7(),
    actorId: aPerson().userId,
    deskId: 'desk-1',
    madeAt,
    protocol,
  };
}

export function aBook(body: Partial<Command<'book'>['body']> = {}): Extract<TypedCommand, { type: 'book' }> {
  return {
    type: 'book',
    command: {
      ...anEnvelope(),
      body: {
        appointmentId: uuidv7(),
        siteId: berlin.siteId,
        patientId: uuidv7(),
        serviceId: uuidv7(),
        providerId: uuidv7(),
        scheduledStart: '2026-11-23T09:00:00+01:00',
        ...body,
      },
    },
  };
}

export function aRegister(patientId = uuidv7()): Extract<TypedCommand, { type: 'register-patient' }> {
  const { displayName, birthDate, phone, alert } = aPatient();
  return {
    type: 'register-patient',
    command: { ...anEnvelope(), body: { patientId, displayName, birthDate, phone, alert } },
  };
}

/** A booking for a patient whose registration the server has not decided. */
export function aBookAfter({ command }: ReturnType<typeof aRegister>): Extract<TypedCommand, { type: 'book' }> {
  const typed = aBook({ patientId: command.body.patientId });
  return { ...typed, command: { ...typed.command, precondition: { afterCommandId: command.commandId } } };
}

export function aTransition<T extends TransitionType>(type: T, appointmentId: string): TypedCommand<T> {
  return { type, command: { ...anEnvelope(), body: { appointmentId } } } as unknown as TypedCommand<T>;
}

export function anArrival(appointmentId: string): TypedCommand<'arrive'> {
  return aTransition('arrive', appointmentId);
}

export function anAppointment(overrides: Partial<Appointment> = {}): Appointment {
  return {
    appointmentId: uuidv7(),
    version: 1,
    siteId: berlin.siteId,
    patientId: null,
    serviceId: uuidv7(),
    providerId: uuidv7(),
    roomId: null,
    equipmentId: null,
    scheduledStart: '2026-11-23T08:00:00Z',
    durationMinutes: 30,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    patientMayOverlap: false,
    status: 'booked',
    arrivedAt: null,
    holdsUntil: null,
    ...overrides,
  };
}

/** A change of a visit as the feed tells it. By default it touches the visit's own time, in UTC. */
export function aVisitChange(
  appointment: Appointment,
  touched: { touchesFrom: string; touchesUntil: string },
): Extract<Change, { entity: 'appointment' }> {
  return {
    entity: 'appointment',
    entityId: appointment.appointmentId,
    siteId: appointment.siteId,
    ...touched,
    appointment,
    patient: null,
  };
}

export function aPatient(overrides: Partial<Patient> = {}): Patient {
  return {
    patientId: uuidv7(),
    displayName: 'Żaneta Wójcik',
    birthDate: '1980-02-29',
    phone: '+49 30 555 0100',
    alert: '',
    ...overrides,
  };
}

export function aDayView(overrides: Partial<DayView> = {}): DayView {
  return {
    site: berlin,
    date: '2026-11-23',
    startsAt: '2026-11-22T23:00:00Z',
    endsAt: '2026-11-23T23:00:00Z',
    resources: [],
    services: [],
    openRuns: [],
    appointments: [],
    patients: [aPatient()],
    cursor: cursorAt(100),
    ...overrides,
  };
}

export function someChanges(overrides: Partial<Changes> = {}): Changes {
  return { cursor: cursorAt(200), reset: false, withheld: false, changes: [], ...overrides };
}
