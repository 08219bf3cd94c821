import { defineCommand } from './define-command.ts';
import { transitioned } from './overlays.ts';
import { transitionSchema } from './transition.ts';

/** Takes an arrival back, and what followed it: the visit is `booked` again and has no time of arrival. */
export const unArrive = defineCommand({
  type: 'un-arrive',
  schema: transitionSchema,
  permission: 'check-in',
  summary: 'Take an arrival back',
  about: 'appointment',
  overlay: transitioned('un-arrive'),
});
