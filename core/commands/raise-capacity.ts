import { z } from 'zod';

import { withRaisedSlots } from '../calendar/change-day.ts';
import { maxCapacity, maxRaisedSlots, maxReasonLength, minReasonLength } from '../domain/bookings/limits.ts';
import { envelope } from '../primitives/envelope.ts';
import { id } from '../primitives/ids.ts';
import { quarterHour } from '../primitives/instants.ts';
import { text } from '../primitives/texts.ts';
import { defineCommand } from './define-command.ts';

/** Raises the capacity of slots. Overbooking raises a capacity and bypasses nothing: the swap then guards the higher number. */
export const raiseCapacity = defineCommand({
  type: 'raise-capacity',
  schema: envelope.extend({
    body: z.strictObject({
      resourceId: id,
      slotStarts: z.array(quarterHour).min(1).max(maxRaisedSlots),
      capacity: z.int().min(2).max(maxCapacity),
      reason: text(maxReasonLength).min(minReasonLength, { error: 'Say why: the reason stays in the audit trail.' }),
    }),
  }),
  permission: 'raise-capacity',
  summary: "Raise a slot's capacity",
  about: 'slots',
  overlay: (view, { command }) => ({ view: withRaisedSlots(view, command.body), appointmentId: null }),
});
