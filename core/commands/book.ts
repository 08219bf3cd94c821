import { z } from 'zod';

import type { Request, ServiceFacts } from '../domain/bookings/facts.ts';
import { quarterOf, quartersIn } from '../domain/time/quarter.ts';
import { durationMinutes } from '../primitives/durations.ts';
import { afterPrecondition, envelope } from '../primitives/envelope.ts';
import { id } from '../primitives/ids.ts';
import { quarterHour } from '../primitives/instants.ts';
import { defineCommand } from './define-command.ts';
import { placed } from './overlays.ts';

/** Books a visit. Without `roomId` or `equipmentId` the server chooses among those that satisfy the service. */
export const book = defineCommand({
  type: 'book',
  schema: envelope.extend({
    /** The command that registers the patient, while the desk has no answer to it. */
    precondition: afterPrecondition.optional(),
    body: z.strictObject({
      appointmentId: id,
      siteId: id,
      patientId: id,
      serviceId: id,
      providerId: id,
      scheduledStart: quarterHour,
      /** Left out: the service's duration. */
      durationMinutes: durationMinutes.optional(),
      roomId: id.optional(),
      equipmentId: id.optional(),
    }),
  }),
  permission: 'book',
  summary: 'Book a visit',
  about: 'appointment',
  makes: true,
  takesSlots: 'anew',
  undo: ({ body: { appointmentId } }) => ({ type: 'cancel', body: { appointmentId }, restores: false }),
  overlay: placed,
});

/** What a book command asks, in quarters. The visit lasts as long as the service where the body gives no duration. */
export function requestOf(body: z.infer<typeof book.schema>['body'], service: ServiceFacts): Request {
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
