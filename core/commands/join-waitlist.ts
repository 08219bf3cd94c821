import { z } from 'zod';

import { quarterOf } from '../domain/time/quarter.ts';
import { urgencies } from '../domain/waitlist/order.ts';
import { afterPrecondition, envelope } from '../primitives/envelope.ts';
import { id } from '../primitives/ids.ts';
import { quarterHour } from '../primitives/instants.ts';
import { text } from '../primitives/texts.ts';
import { defineCommand } from './define-command.ts';

/** Enters a patient on the waitlist: for which service, with which providers (empty: any), in which windows, how urgently. */
export const joinWaitlist = defineCommand({
  type: 'join-waitlist',
  schema: envelope.extend({
    /** The command that registers the patient, while the desk has no answer to it. */
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
      note: text(200),
    }),
  }),
  permission: 'book',
  summary: 'Enter a patient on the waitlist',
  about: 'waitlist-entry',
  makes: true,
});
