import type { z } from 'zod';

import type { Appointment } from '../../core/calendar/appointment.ts';
import type { seenPrecondition } from '../../core/primitives/envelope.ts';

/**
 * The version of a visit that the person saw: the version that the command names, or the one that its parent left. Null where
 * the parent left no such visit.
 */
export function seenVersion(
  precondition: z.infer<typeof seenPrecondition>,
  left: Appointment | null,
  appointmentId: string,
): number | null {
  if ('version' in precondition) return precondition.version;
  return left?.appointmentId === appointmentId ? left.version : null;
}
