import { z } from 'zod';

import { durationMinutes, id, quarterHour } from '../primitives.ts';
import { afterPrecondition, envelope } from './envelope.ts';

/** Books a visit. Without `roomId` or `equipmentId` the server chooses among those that satisfy the service. */
export const book = envelope.extend({
  /** Where the desk itself registered the patient and has no answer yet. */
  precondition: afterPrecondition.optional(),
  body: z.strictObject({
    appointmentId: id,
    siteId: id,
    patientId: id,
    serviceId: id,
    providerId: id,
    scheduledStart: quarterHour,
    /** The service's duration where it is left out. */
    durationMinutes: durationMinutes.optional(),
    roomId: id.optional(),
    equipmentId: id.optional(),
  }),
});
