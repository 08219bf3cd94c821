import { z } from 'zod';

import type { Request, ServiceFacts } from '../domain/bookings/facts.ts';
import { quarterOf, quartersIn } from '../domain/time/quarter.ts';
import { afterPrecondition, envelope } from '../primitives/envelope.ts';
import { durationMinutes, id, quarterHour } from '../primitives/primitives.ts';

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

/** What a book command asks. As long as the service lasts where the body does not say. */
export function requestOf(body: z.infer<typeof book>['body'], service: ServiceFacts): Request {
  const start = quarterOf(body.scheduledStart);
  return {
    appointmentId: body.appointmentId,
    siteId: body.siteId,
    patientId: body.patientId,
    serviceId: body.serviceId,
    providerId: body.providerId,
    roomId: body.roomId ?? null,
    equipmentId: body.equipmentId ?? null,
    start,
    end: start + (body.durationMinutes === undefined ? service.durationQuarters : quartersIn(body.durationMinutes)),
  };
}
