import { z } from 'zod';

import { envelope, seenPrecondition } from '../primitives/envelope.ts';
import { durationMinutes, id, quarterHour } from '../primitives/primitives.ts';

/**
 * Moves or resizes a visit: any of time, length, provider, room, equipment, in one step or not at all. What is left out
 * stays, except that a room or a piece of equipment that is not named may be exchanged when it is not free.
 */
export const move = envelope.extend({
  precondition: seenPrecondition,
  body: z.strictObject({
    appointmentId: id,
    scheduledStart: quarterHour.optional(),
    durationMinutes: durationMinutes.optional(),
    providerId: id.optional(),
    roomId: id.optional(),
    equipmentId: id.optional(),
  }),
});
