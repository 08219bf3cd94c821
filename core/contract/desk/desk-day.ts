import { z } from 'zod';

import { dayView } from '../../calendar/calendar.ts';
import { id } from '../../primitives/ids.ts';
import { instant } from '../../primitives/instants.ts';

/**
 * A day as this desk knows it: the server's day with the desk's undecided commands laid over it, in their order.
 * `provisional`: the visits whose shown form the server has not decided, each with the last command on the visit.
 * `asOf`: when the server last confirmed this day, where the desk may have missed changes since; null: the day is current.
 */
export const deskDay = z.strictObject({
  view: dayView,
  provisional: z.array(z.strictObject({ appointmentId: id, commandId: id })),
  asOf: instant.nullable(),
});
export type DeskDay = z.infer<typeof deskDay>;
