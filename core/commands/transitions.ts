import { z } from 'zod';

import { afterPrecondition, envelope, seenPrecondition } from '../primitives/envelope.ts';
import { id } from '../primitives/primitives.ts';

/** Transitions have the status as their precondition, never the version: doing it twice succeeds and changes nothing. */
const transition = envelope.extend({
  /** Where the visit itself is still provisional. */
  precondition: afterPrecondition.optional(),
  body: z.strictObject({ appointmentId: id }),
});

export const cancel = transition.extend({
  body: z.strictObject({ appointmentId: id, reason: z.string().max(200).optional() }),
});
export const checkIn = transition;
export const unArrive = transition;

/**
 * Brings a cancelled visit back to where and as it was: the undo of a cancellation. Its slots are swapped anew, so it may
 * meet a conflict like any booking.
 */
export const reinstate = envelope.extend({
  precondition: seenPrecondition,
  body: z.strictObject({ appointmentId: id }),
});
