import { defineCommand } from './define-command.ts';
import { transitioned } from './overlays.ts';
import { transitionSchema } from './transition.ts';

/** Takes back that a visit is done: the patient is with the provider. */
export const unFulfil = defineCommand({
  type: 'un-fulfil',
  schema: transitionSchema,
  permission: 'check-in',
  summary: 'Take back that a visit is done',
  about: 'appointment',
  overlay: transitioned('un-fulfil'),
});
