import type { Appointment } from '../../../core/calendar/appointment.ts';
import { appointmentFactsOf, bookingFactsOf } from '../../../core/calendar/facts.ts';
import { takesSlots } from '../../../core/commands/list.ts';
import type { Problem } from '../../../core/contract/problem.ts';
import { refusalDetails, statusDetail } from '../../../core/contract/refusal-details.ts';
import { decideReinstate } from '../../../core/domain/bookings/decide-reinstate.ts';
import {
  decideByStatus,
  decideTransition,
  holdsUntilAfter,
  transitionOf,
  type TransitionDecision,
  type TransitionType,
} from '../../../core/domain/bookings/transitions.ts';
import { holdsSlots } from '../../../core/domain/statuses.ts';
import { presentAt } from '../../../core/domain/time/present.ts';
import { deskProblem } from '../problems/problem.ts';
import { claimsAfter } from './freed-slots.ts';
import { forecast, patientOf, type Forecaster, type Horizon } from './horizon.ts';
import { refuseHere } from './refuse-here.ts';

/** What this desk expects of a change of status. */
export function forecastTransition<T extends TransitionType>(type: T): Forecaster<T> {
  const transition = transitionOf(type);
  return (horizon, { madeAt, body: { appointmentId } }) => {
    const current = horizon.shown.visit(appointmentId);
    const holdsUntil = holdsUntilAfter(transition, madeAt);
    const freesNothing = holdsSlots(transition.to) && holdsUntil === null;
    if (!current) return forecast({ frees: freesNothing ? [] : null });
    const patient = current.patientId === null ? null : patientOf(horizon, current.patientId);
    const frees = freesNothing ? [] : claimsAfter(current, holdsUntil);
    const decision = decide(horizon, type, current);
    const problem =
      problemOf(decision, current) ?? (decision.kind === 'change' ? lostSlots(horizon, type, current) : null);
    return forecast({ expected: current, patient, frees }, problem);
  };
}

/** What stands in the way of a transition that takes slots, as far as this desk knows. */
function lostSlots({ shown, now }: Horizon, type: TransitionType, current: Appointment): Problem | null {
  if (!takesSlots(type)) return null;
  const visit = appointmentFactsOf(current);
  const view = shown.dayAt(current.siteId, visit.start);
  const facts = view && bookingFactsOf(view, current.serviceId, current.patientId);
  const decision = facts && decideReinstate(facts, visit);
  if (!decision || decision.ok) return null;
  const { appointmentId } = current;
  return refuseHere(decision.error, { view, facts, request: visit, now, ignoring: appointmentId });
}

/** Decides by the desk's clock. A desk that does not hold the visit's day does not know the site's zone: the status decides. */
function decide({ shown, now }: Horizon, type: TransitionType, current: Appointment): TransitionDecision {
  const visit = appointmentFactsOf(current);
  const timeZone = shown.dayAt(current.siteId, visit.start)?.site.timeZone;
  return timeZone === undefined
    ? decideByStatus(type, current.status)
    : decideTransition(type, visit, presentAt(now, timeZone));
}

function problemOf({ kind }: TransitionDecision, current: Appointment): Problem | null {
  switch (kind) {
    case 'change':
    case 'already':
      return null;
    case 'not-allowed':
      return deskProblem('status-conflict', statusDetail(current.status), { current });
    case 'not-today':
    case 'not-begun':
      return deskProblem('refused', refusalDetails[kind], { reason: kind });
  }
}
