import { defineCommand } from './define-command.ts';
import { transitioned } from './overlays.ts';
import { transitionSchema } from './transition.ts';

/** Checks a patient in: the visit is with the provider. */
export const checkIn = defineCommand({
  type: 'check-in',
  schema: transitionSchema,
  permission: 'check-in',
  summary: 'Check a patient in',
  about: 'appointment',
  undo: ({ body: { appointmentId } }) => ({ type: 'un-arrive', body: { appointmentId }, restores: false }),
  overlay: transitioned('check-in'),
});
