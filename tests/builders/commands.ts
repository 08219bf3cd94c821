import { v7 as uuidv7 } from 'uuid';

import type { Command } from '../../core/commands/list.ts';
import type { TransitionType } from '../../core/domain/bookings/transitions.ts';
import { personActor, type Actor } from '../../core/domain/people/actors.ts';
import { permissions } from '../../core/domain/people/permissions.ts';
import { instantOf } from '../../core/domain/time/quarter.ts';
import { protocol } from '../../core/primitives/protocol.ts';
import type { Arrival } from '../../server/commands/envelope.ts';
import type { Clinic } from './clinic.ts';

/** How a paired desk's command arrives whose clock is right. */
export const atDesk: Arrival = { channel: 'desk', claimedAt: null };

/** The clinic's user, with every permission. */
export function actorOf(clinic: Pick<Clinic, 'orgId' | 'userId'>): Actor {
  return personActor({ orgId: clinic.orgId, userId: clinic.userId, permissions });
}

export function envelope(clinic: Clinic) {
  return {
    commandId: uuidv7(),
    actorId: clinic.userId,
    deskId: 'desk-of-a-test',
    madeAt: new Date().toISOString(),
    protocol,
  } as const;
}

/** Books the service `room` with provider 1 for patient 1, 30 minutes, `offset` quarters after the clinic opens. */
export function bookCommand(
  clinic: Clinic,
  offset: number,
  overrides: Partial<Command<'book'>['body']> = {},
): Command<'book'> {
  return {
    ...envelope(clinic),
    body: {
      appointmentId: uuidv7(),
      siteId: clinic.siteId,
      patientId: clinic.patients[0] ?? '',
      serviceId: clinic.services.room,
      providerId: clinic.providers[0] ?? '',
      scheduledStart: instantOf(clinic.opensAt + offset),
      ...overrides,
    },
  };
}

export function moveCommand(clinic: Clinic, version: number, body: Command<'move'>['body']): Command<'move'> {
  return { ...envelope(clinic), precondition: { version }, body };
}

/** Registers Žofie Ďuričková, who has no phone. */
export function registerCommand(
  clinic: Clinic,
  overrides: Partial<Command<'register-patient'>['body']> = {},
): Command<'register-patient'> {
  return {
    ...envelope(clinic),
    body: {
      patientId: uuidv7(),
      displayName: 'Žofie Ďuričková',
      birthDate: '1980-03-07',
      phone: '',
      alert: '',
      ...overrides,
    },
  };
}

export function aboutCommand(clinic: Clinic, appointmentId: string): Command<TransitionType> {
  return { ...envelope(clinic), body: { appointmentId } };
}

export function reinstateCommand(clinic: Clinic, version: number, appointmentId: string): Command<'reinstate'> {
  return { ...envelope(clinic), precondition: { version }, body: { appointmentId } };
}

/** Patient 1 wants a check-up with provider 1 in the first four hours. */
export function joinCommand(
  clinic: Clinic,
  overrides: Partial<Command<'join-waitlist'>['body']> = {},
): Command<'join-waitlist'> {
  return {
    ...envelope(clinic),
    body: {
      waitlistEntryId: uuidv7(),
      siteId: clinic.siteId,
      patientId: clinic.patients[0] ?? '',
      serviceId: clinic.services.room,
      providerIds: clinic.providers.slice(0, 1),
      windows: [{ startsAt: instantOf(clinic.opensAt), endsAt: instantOf(clinic.opensAt + 16) }],
      urgency: 'routine',
      note: '',
      ...overrides,
    },
  };
}

export function leaveCommand(clinic: Clinic, waitlistEntryId: string): Command<'leave-waitlist'> {
  return { ...envelope(clinic), body: { waitlistEntryId } };
}
