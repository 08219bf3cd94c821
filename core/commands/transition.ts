import { z } from 'zod';

import { afterPrecondition, envelope } from '../primitives/envelope.ts';
import { id } from '../primitives/ids.ts';

/** A transition's precondition is the status, never the version: a second one succeeds and changes nothing. */
export const transitionSchema = envelope.extend({
  /** The command that books the visit, while the desk has no answer to it. */
  precondition: afterPrecondition.optional(),
  body: z.strictObject({ appointmentId: id }),
});
