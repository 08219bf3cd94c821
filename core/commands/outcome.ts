import { z } from 'zod';

import { appointment } from '../calendar/appointment.ts';
import { id } from '../primitives/ids.ts';

/** The first answer to an accepted command; the same id is given the same answer again. */
export const outcome = z.strictObject({
  commandId: id,
  /** As the command left it. Null for commands that change no appointment. */
  appointment: appointment.nullable(),
});
export type Outcome = z.infer<typeof outcome>;
