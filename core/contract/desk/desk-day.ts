import { z } from 'zod';

import { dayView } from '../../calendar/calendar.ts';
import { id } from '../../primitives/ids.ts';
import { instant } from '../../primitives/instants.ts';

/**
 * A day as this desk knows it: the server's picture with the desk's undecided commands laid over it, in their order.
 * `provisional` names the visits that the server has not decided in the form shown, each with the last command on it.
 * `asOf`: when the server last confirmed this picture, where the desk may have missed something since; null: it is current.
 */
export const deskDay = z.strictObject({
  view: dayView,
  provisional: z.array(z.strictObject({ appointmentId: id, commandId: id })),
  asOf: instant.nullable(),
});
export type DeskDay = z.infer<typeof deskDay>;
