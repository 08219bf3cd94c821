import type { Appointment } from '../calendar/appointment.ts';
import { wayBackOf, type TransitionType } from '../domain/bookings/transitions.ts';
import type { Undo } from './define-command.ts';

interface AboutAppointment {
  readonly body: { readonly appointmentId: string };
}

/** The undo of a transition: the way back to the status before it. Null where that status is unknown, or did not change. */
export function wayBack(type: TransitionType) {
  return ({ body: { appointmentId } }: AboutAppointment, before: Appointment | null): Undo | null => {
    const back = before && wayBackOf(type, before.status);
    return back && { type: back, body: { appointmentId }, restores: false };
  };
}
