import { z } from 'zod';

import { quarterOf } from '../domain/time/quarter.ts';
import { afterPrecondition, envelope } from '../primitives/envelope.ts';
import { id, quarterHour } from '../primitives/primitives.ts';

export const urgencies = ['routine', 'soon', 'urgent'] as const;

/** Keeps a wish that found no time: which service, with which providers (none named: any), in which windows. */
export const joinWaitlist = envelope.extend({
  /** Where the desk itself registered the patient and has no answer yet. */
  precondition: afterPrecondition.optional(),
  body: z.strictObject({
    waitlistEntryId: id,
    siteId: id,
    patientId: id,
    serviceId: id,
    providerIds: z.array(id).max(50),
    windows: z
      .array(
        z
          .strictObject({ startsAt: quarterHour, endsAt: quarterHour })
          .refine(({ startsAt, endsAt }) => quarterOf(startsAt) < quarterOf(endsAt), {
            path: ['endsAt'],
            error: 'A window ends after it begins.',
          }),
      )
      .min(1)
      .max(20),
    urgency: z.enum(urgencies),
    note: z.string().trim().max(200),
  }),
});

/** Takes an entry off the list: it was booked, or is no longer wanted. Doing it twice changes nothing. */
export const leaveWaitlist = envelope.extend({ body: z.strictObject({ waitlistEntryId: id }) });
