import { z } from 'zod';

import { patient } from '../calendar/appointment.ts';
import { urgencies } from '../domain/waitlist/order.ts';
import { id } from '../primitives/ids.ts';
import { instant, quarterHour } from '../primitives/instants.ts';
import { stored } from '../primitives/texts.ts';

/** A patient who wants a service. `patient` is null for a reader who may not see patients. */
export const waitlistEntry = z.strictObject({
  waitlistEntryId: id,
  siteId: id,
  patientId: id,
  patient: patient.nullable(),
  serviceId: id,
  serviceName: stored,
  providerIds: z.array(id),
  windows: z.array(z.strictObject({ startsAt: quarterHour, endsAt: quarterHour })),
  urgency: z.enum(urgencies),
  note: stored,
  createdAt: instant,
});
export type WaitlistEntry = z.infer<typeof waitlistEntry>;
