import { z } from 'zod';

import { cancelReasons, cancellers } from '../domain/bookings/cancel-reasons.ts';
import { id } from '../primitives/ids.ts';
import { text } from '../primitives/texts.ts';
import { defineCommand } from './define-command.ts';
import { transitioned } from './overlays.ts';
import { transitionSchema } from './transition.ts';

/** Cancels a visit: its slots are free again. */
export const cancel = defineCommand({
  type: 'cancel',
  schema: transitionSchema.extend({
    body: z.strictObject({
      appointmentId: id,
      reasonCode: z.enum(cancelReasons).optional(),
      /** Who asked for it. Left out: the reason says it, or nobody knows. */
      cancelledBy: z.enum(cancellers).optional(),
      reason: text(200).optional(),
    }),
  }),
  permission: 'book',
  summary: 'Cancel a visit',
  about: 'appointment',
  undo: (_command, before) =>
    before && { type: 'reinstate', body: { appointmentId: before.appointmentId }, restores: true },
  overlay: transitioned('cancel'),
});
