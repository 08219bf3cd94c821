import { z } from 'zod';

import { afterPrecondition, envelope } from '../primitives/envelope.ts';
import { id } from '../primitives/ids.ts';

/** Transitions have the status as their precondition, never the version: doing one twice succeeds and changes nothing. */
export const transitionSchema = envelope.extend({
  /** Where the visit itself is still provisional. */
  precondition: afterPrecondition.optional(),
  body: z.strictObject({ appointmentId: id }),
});
