import type { DayView } from '../calendar/calendar.ts';
import { withAppointment, withStatus } from '../calendar/change-day.ts';
import {
  arrivedAtAfter,
  decideByStatus,
  holdsUntilAfter,
  transitionOf,
  type TransitionType,
} from '../domain/bookings/transitions.ts';
import type { Laid, Undecided } from './define-command.ts';

interface AboutAppointment {
  readonly madeAt: string;
  readonly body: { readonly appointmentId: string };
}

const find = (view: DayView, appointmentId: string) =>
  view.appointments.find((appointment) => appointment.appointmentId === appointmentId);

/** Lays a command that places a visit over the day: the visit stands where the desk's forecast puts it. */
export function placed(view: DayView, { command, expected, patient }: Undecided<AboutAppointment>): Laid | null {
  const { appointmentId } = command.body;
  const current = find(view, appointmentId);
  if (!expected || (current && current.version >= expected.version)) return null;
  return { view: withAppointment(view, expected, patient), appointmentId };
}

/**
 * Lays a transition over the day: the visit has the status to which the transition leads. The forecast judged the time when
 * the command was made, and midnight takes nothing off the screen, so the status alone counts here.
 */
export function transitioned(type: TransitionType) {
  return (view: DayView, { command }: Undecided<AboutAppointment>): Laid | null => {
    const { appointmentId } = command.body;
    const current = find(view, appointmentId);
    const decision = current ? decideByStatus(type, current.status) : null;
    if (!current || decision?.kind !== 'change') return null;
    const transition = transitionOf(type);
    const changed = {
      status: decision.to,
      arrivedAt: arrivedAtAfter(transition, current.arrivedAt, command.madeAt),
      holdsUntil: holdsUntilAfter(transition, command.madeAt),
    };
    return { view: withStatus(view, appointmentId, changed), appointmentId };
  };
}
