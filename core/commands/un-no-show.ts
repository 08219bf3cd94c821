import { defineCommand } from './define-command.ts';
import { transitioned } from './overlays.ts';
import { transitionSchema } from './transition.ts';

/**
 * Takes back that a patient did not come: the visit is `booked` again. It takes the slots anew that it gave back, so the command
 * may meet a conflict like any booking.
 */
export const unNoShow = defineCommand({
  type: 'un-no-show',
  schema: transitionSchema,
  permission: 'check-in',
  summary: 'Take back that a patient did not come',
  about: 'appointment',
  takesSlots: 'the-rest',
  overlay: transitioned('un-no-show'),
});
