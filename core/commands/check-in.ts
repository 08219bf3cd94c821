import { defineCommand } from './define-command.ts';
import { transitioned } from './overlays.ts';
import { transitionSchema } from './transition.ts';
import { wayBack } from './way-back.ts';

/** Notes that a patient is with the provider. Screens say "With provider". */
export const checkIn = defineCommand({
  type: 'check-in',
  schema: transitionSchema,
  permission: 'check-in',
  summary: 'Note that a patient is with the provider',
  about: 'appointment',
  undo: wayBack('check-in'),
  overlay: transitioned('check-in'),
});
