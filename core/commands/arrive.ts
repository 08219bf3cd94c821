import { defineCommand } from './define-command.ts';
import { transitioned } from './overlays.ts';
import { transitionSchema } from './transition.ts';
import { wayBack } from './way-back.ts';

/** Notes that a patient is here and waits. Screens and the kiosk say "Check in". */
export const arrive = defineCommand({
  type: 'arrive',
  schema: transitionSchema,
  permission: 'check-in',
  summary: 'Check a patient in: the patient is here and waits',
  about: 'appointment',
  undo: wayBack('arrive'),
  overlay: transitioned('arrive'),
});
