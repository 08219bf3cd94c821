import { v7 as uuidv7 } from 'uuid';

import type { Appointment, Patient } from '../../core/calendar/appointment.ts';
import type { DayView, Resource, Service } from '../../core/calendar/calendar.ts';
import type { Command, TypedCommand } from '../../core/commands/list.ts';
import { aBook, aDayView, anAppointment, anEnvelope } from './builders.ts';

const resource = (kind: Resource['kind'], name: string, siteId: string | null): Resource => ({
  resourceId: uuidv7(),
  kind,
  name,
  siteId,
  roomFeatures: [],
  equipmentType: null,
});

/**
 * A day of one site: two doctors and one room, open from 8 to 17 in Berlin, and a service of half an hour that needs a room.
 */
export function clinicDay() {
  const { site } = aDayView();
  const doctors = [resource('provider', 'Dr Brandt', null), resource('provider', 'Dr Öz', null)] as const;
  const room = resource('room', 'Room 1', site.siteId);
  const plain: Service = {
    serviceId: uuidv7(),
    name: 'Consultation',
    durationMinutes: 30,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    needsRoom: false,
    roomFeature: null,
    equipmentType: null,
    patientMayOverlap: false,
    providerIds: doctors.map(({ resourceId }) => resourceId),
  };
  const [brandt, oz] = doctors.map(({ resourceId }) => resourceId) as [string, string];

  const view = (overrides: Partial<DayView> = {}): DayView =>
    aDayView({
      resources: [...doctors, room],
      services: [plain],
      openRuns: [...doctors, room].map(({ resourceId }) => ({
        resourceId,
        startsAt: '2026-11-23T07:00:00Z',
        endsAt: '2026-11-23T16:00:00Z',
        capacity: 1,
      })),
      patients: [],
      ...overrides,
    });

  return {
    brandt,
    oz,
    serviceId: plain.serviceId,
    view,
    /** Books half an hour with Dr Brandt. The time is in UTC. */
    visit: (time: string, patient: Patient, overrides: Partial<Appointment> = {}): Appointment =>
      anAppointment({
        patientId: patient.patientId,
        serviceId: plain.serviceId,
        providerId: brandt,
        scheduledStart: `2026-11-23T${time}:00Z`,
        ...overrides,
      }),
    book: (time: string, patientId: string, body: Partial<Command<'book'>['body']> = {}) =>
      aBook({
        patientId,
        serviceId: plain.serviceId,
        providerId: brandt,
        scheduledStart: `2026-11-23T${time}:00Z`,
        ...body,
      }),
  };
}

export function aMove(
  appointmentId: string,
  precondition: Command<'move'>['precondition'],
  change: Omit<Command<'move'>['body'], 'appointmentId'>,
): Extract<TypedCommand, { type: 'move' }> {
  return { type: 'move', command: { ...anEnvelope(), precondition, body: { appointmentId, ...change } } };
}

export function aCancel(appointmentId: string, undone?: TypedCommand): Extract<TypedCommand, { type: 'cancel' }> {
  const command = { ...anEnvelope(), body: { appointmentId } };
  if (!undone) return { type: 'cancel', command };
  const { commandId } = undone.command;
  return { type: 'cancel', command: { ...command, undoes: commandId, precondition: { afterCommandId: commandId } } };
}
