import { z } from 'zod';

import { envelope, seenPrecondition } from '../primitives/envelope.ts';
import { id } from '../primitives/ids.ts';
import { defineCommand } from './define-command.ts';
import { placed } from './overlays.ts';

/**
 * Brings a cancelled visit back to its own time and place: the undo of a cancellation. The visit takes its slots anew, so the
 * command may meet a conflict like any booking.
 */
export const reinstate = defineCommand({
  type: 'reinstate',
  schema: envelope.extend({
    precondition: seenPrecondition,
    body: z.strictObject({ appointmentId: id }),
  }),
  permission: 'book',
  summary: 'Bring a cancelled visit back',
  about: 'appointment',
  takesSlots: 'anew',
  overlay: placed,
});
