import { z } from 'zod';

import { id } from '../primitives.ts';
import { envelope } from './envelope.ts';

/** Transitions have the status as their precondition, never the version: doing it twice succeeds and changes nothing. */
export const cancel = envelope.extend({
  body: z.strictObject({ appointmentId: id, reason: z.string().max(200).optional() }),
});
export const checkIn = envelope.extend({ body: z.strictObject({ appointmentId: id }) });
export const unArrive = envelope.extend({ body: z.strictObject({ appointmentId: id }) });
