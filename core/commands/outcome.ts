import { z } from 'zod';

import { appointment } from '../calendar/appointment.ts';
import { id } from '../primitives/ids.ts';

/** The answer to a command that was done. The same command id gets the same answer again. */
export const outcome = z.strictObject({
  commandId: id,
  /** The appointment as the command left it; null for a command that changes no appointment. */
  appointment: appointment.nullable(),
});
export type Outcome = z.infer<typeof outcome>;
