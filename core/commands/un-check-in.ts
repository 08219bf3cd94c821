import { defineCommand } from './define-command.ts';
import { transitioned } from './overlays.ts';
import { transitionSchema } from './transition.ts';

/** Takes back that a patient is with the provider, or done: the patient waits, since the same arrival. */
export const unCheckIn = defineCommand({
  type: 'un-check-in',
  schema: transitionSchema,
  permission: 'check-in',
  summary: 'Take back that a patient is with the provider',
  about: 'appointment',
  overlay: transitioned('un-check-in'),
});
