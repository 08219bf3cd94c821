import type { Command } from '../../core/commands/list.ts';
import { transitionOf, type TransitionType } from '../../core/domain/bookings/transitions.ts';
import type { Result } from '../../core/domain/terms.ts';
import { commitCommand, type NotCommitted } from '../commands/commit-command.ts';
import type { CommandContext } from '../commands/context.ts';
import { verdictOf, type Decide } from '../commands/decide.ts';
import type { Verdict } from '../commands/verdict.ts';

/** A change of status alone. The status is its precondition, so there is nothing to load before the call. */
export function transition<T extends TransitionType>(type: T): Decide<T> {
  return async (context, command) =>
    verdictOf(context, await transitionCall(context, type, command.body), command.body.appointmentId);
}

/** Changes the status of a visit: db/pg, `set_appointment_status`. */
export function transitionCall(
  context: CommandContext,
  type: TransitionType,
  body: Command<TransitionType>['body'],
): Promise<Result<Verdict, NotCommitted>> {
  const { from, to, arrival, when } = transitionOf(type);
  // Only a cancellation has a reason.
  const { appointmentId, reasonCode, cancelledBy, reason }: Command<'cancel'>['body'] = body;
  return commitCommand(
    context,
    (tx) => tx`select holdfast_api.set_appointment_status(
      ${context.actor.orgId}, ${context.envelope}::jsonb,
      ${appointmentId}, ${from}, ${to}, ${arrival}, ${when},
      ${reasonCode ?? null}, ${cancelledBy ?? null}, ${reason ?? null}) as verdict`,
  );
}
