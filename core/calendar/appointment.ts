import { z } from 'zod';

import { appointmentStatuses } from '../domain/statuses.ts';
import { durationMinutes } from '../primitives/durations.ts';
import { id } from '../primitives/ids.ts';
import { instant, quarterHour, storedDay } from '../primitives/instants.ts';
import { stored } from '../primitives/texts.ts';

/** An appointment as it stands: ids, window, status. Of the patient it holds only the id. */
export const appointment = z.strictObject({
  appointmentId: id,
  version: z.int().positive(),
  siteId: id,
  patientId: id.nullable(),
  serviceId: id,
  providerId: id,
  roomId: id.nullable(),
  equipmentId: id.nullable(),
  scheduledStart: quarterHour,
  durationMinutes,
  bufferBeforeMinutes: z.int(),
  bufferAfterMinutes: z.int(),
  patientMayOverlap: z.boolean(),
  status: z.enum(appointmentStatuses),
  arrivedAt: instant.nullable(),
  /** Of a visit whose patient did not come: from here on its slots are free again. Null: the visit holds them to its end. */
  holdsUntil: instant.nullable(),
});
export type Appointment = z.infer<typeof appointment>;

export const patient = z.strictObject({
  patientId: id,
  displayName: stored,
  birthDate: storedDay,
  phone: stored,
  alert: stored,
});
export type Patient = z.infer<typeof patient>;
