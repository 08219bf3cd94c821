import { z } from 'zod';

import { envelope } from '../primitives/envelope.ts';
import { id, quarterHour } from '../primitives/primitives.ts';

/** Overbooking is a capacity raise, never a bypass: the same swap then guards the higher number. */
export const raiseCapacity = envelope.extend({
  body: z.strictObject({
    resourceId: id,
    slotStarts: z.array(quarterHour).min(1).max(48),
    capacity: z.int().min(2).max(10),
    reason: z.string().trim().min(3, { error: 'Say why: the reason stays in the audit trail.' }).max(200),
  }),
});
