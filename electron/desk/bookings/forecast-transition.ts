import { statusDetail } from '../../../core/contract/refusal-details.ts';
import { decideTransition, transitionOf, type TransitionType } from '../../../core/domain/bookings/transitions.ts';
import { holdsSlots } from '../../../core/domain/statuses.ts';
import { deskProblem } from '../problems/problem.ts';
import { claimsOf } from './freed-slots.ts';
import { forecast, patientOf, type Forecaster } from './horizon.ts';

/** What this desk expects of a change of status. */
export function forecastTransition<T extends TransitionType>(type: T): Forecaster<T> {
  const givesSlotsBack = !holdsSlots(transitionOf(type).to);
  return (horizon, { body: { appointmentId } }) => {
    const current = horizon.shown.visit(appointmentId);
    if (!current) return forecast({ frees: givesSlotsBack ? null : [] });
    const patient = current.patientId === null ? null : patientOf(horizon, current.patientId);
    const known = { expected: current, patient, frees: givesSlotsBack ? claimsOf(current) : [] };
    if (decideTransition(type, current.status).kind !== 'not-allowed') return forecast(known);
    return forecast(known, deskProblem('status-conflict', statusDetail(current.status), { current }));
  };
}
