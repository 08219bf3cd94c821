import { defineCommand } from './define-command.ts';
import { transitioned } from './overlays.ts';
import { transitionSchema } from './transition.ts';
import { wayBack } from './way-back.ts';

/** Notes that a visit took place and is over. Screens say "Done". */
export const fulfil = defineCommand({
  type: 'fulfil',
  schema: transitionSchema,
  permission: 'check-in',
  summary: 'Note that a visit is done',
  about: 'appointment',
  undo: wayBack('fulfil'),
  overlay: transitioned('fulfil'),
});
