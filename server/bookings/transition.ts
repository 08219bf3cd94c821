import { transitionOf, type TransitionType } from '../../core/domain/bookings/transitions.ts';
import { commitCommand } from '../commands/commit-command.ts';
import { verdictOf, type Decide } from '../commands/decide.ts';

/** A change of status alone. The status is its precondition, so there is nothing to load before the call. */
export function transition<T extends TransitionType>(type: T): Decide<T> {
  return async (context, command) => {
    const { appointmentId, reason } = command.body as { readonly appointmentId: string; readonly reason?: string };
    const { from, to, arrival } = transitionOf(type);
    const committed = await commitCommand(
      context,
      (tx) => tx`select holdfast_api.set_appointment_status(
        ${context.envelope}::jsonb,
        ${appointmentId}, ${from}, ${to}, ${arrival}, ${reason ?? null}) as verdict`,
    );
    return verdictOf(context, committed, appointmentId);
  };
}
