import { allowedFrom, targetOf, type TransitionType } from '../../core/domain/bookings/transitions.ts';
import { settled, type Decide } from '../commands/decide.ts';
import { transitionCall } from '../commands/judge.ts';

/** A change of status alone. The status is its precondition, so there is nothing to load before the call. */
export function transition<T extends TransitionType>(type: T): Decide<T> {
  return async (context, command, envelope) => {
    const { body } = command as { readonly body: { readonly appointmentId: string; readonly reason?: string } };
    const call = transitionCall(body.appointmentId, allowedFrom(type), targetOf(type), body.reason ?? null);
    const judgement = await call(context.pool, context.hooks, envelope);
    return settled(context, envelope, judgement, body.appointmentId);
  };
}
