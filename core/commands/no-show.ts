import { defineCommand } from './define-command.ts';
import { transitioned } from './overlays.ts';
import { transitionSchema } from './transition.ts';
import { wayBack } from './way-back.ts';

/** Notes that a patient did not come. */
export const noShow = defineCommand({
  type: 'no-show',
  schema: transitionSchema,
  permission: 'check-in',
  summary: 'Note that a patient did not come',
  about: 'appointment',
  undo: wayBack('no-show'),
  overlay: transitioned('no-show'),
});
