import { z } from 'zod';

import { maxAlternatives } from '../domain/bookings/limits.ts';
import { id } from '../primitives/ids.ts';
import { quarterHour } from '../primitives/instants.ts';
import { stored } from '../primitives/texts.ts';
import { appointment } from './appointment.ts';

const window = { startsAt: quarterHour, endsAt: quarterHour };
const resource = { kind: z.enum(['provider', 'room', 'equipment']), resourceId: id, resourceName: stored };

/** One thing that stands in the way. `patientName` is null for a reader who may not see patients. */
export const blocker = z.discriminatedUnion('reason', [
  z.strictObject({
    reason: z.literal('taken'),
    ...window,
    ...resource,
    appointmentId: id,
    serviceName: stored,
    patientName: stored.nullable(),
  }),
  z.strictObject({ reason: z.literal('closed'), ...window, ...resource }),
  z.strictObject({
    reason: z.literal('none-suitable'),
    ...window,
    kind: z.enum(['room', 'equipment']),
    needed: stored.nullable(),
  }),
  z.strictObject({
    reason: z.literal('patient-busy'),
    ...window,
    appointmentId: id,
    serviceName: stored,
    patientName: stored.nullable(),
  }),
]);
export type BlockerView = z.infer<typeof blocker>;

/** A free placement with the names that a person chooses by. Its ids and times are those of a book command. */
export const alternative = z.strictObject({
  scheduledStart: quarterHour,
  durationMinutes: z.int(),
  providerId: id,
  providerName: stored,
  roomId: id.nullable(),
  roomName: stored.nullable(),
  equipmentId: id.nullable(),
  equipmentName: stored.nullable(),
});
export type AlternativeView = z.infer<typeof alternative>;

/** What was asked, every blocker, and up to five placements that were free in the same snapshot. */
export const conflict = z.strictObject({
  asked: z.strictObject({
    appointmentId: id,
    siteId: id,
    patientId: id.nullable(),
    serviceId: id,
    serviceName: stored,
    providerId: id,
    providerName: stored,
    scheduledStart: quarterHour,
    durationMinutes: z.int(),
  }),
  blockers: z.array(blocker).min(1),
  alternatives: z.array(alternative).max(maxAlternatives),
});
export type Conflict = z.infer<typeof conflict>;

/** Somebody else changed the visit meanwhile: `current` is the visit as it now stands. */
export const stale = z.strictObject({ current: appointment });
