import type { Command } from '../../core/commands/list.ts';
import { transitionOf, type TransitionType } from '../../core/domain/bookings/transitions.ts';
import { commitCommand } from '../commands/commit-command.ts';
import { verdictOf, type Decide } from '../commands/decide.ts';

/** A change of status alone. The status is its precondition, so there is nothing to load before the call. */
export function transition<T extends TransitionType>(type: T): Decide<T> {
  return async (context, command) => {
    const { appointmentId, reasonCode, cancelledBy, reason } = command.body as Partial<Command<'cancel'>['body']> & {
      readonly appointmentId: string;
    };
    const { from, to, arrival } = transitionOf(type);
    const committed = await commitCommand(
      context,
      (tx) => tx`select holdfast_api.set_appointment_status(
        ${context.actor.orgId}, ${context.envelope}::jsonb,
        ${appointmentId}, ${from}, ${to}, ${arrival}, 'any',
        ${reasonCode ?? null}, ${cancelledBy ?? null}, ${reason ?? null}) as verdict`,
    );
    return verdictOf(context, committed, appointmentId);
  };
}
