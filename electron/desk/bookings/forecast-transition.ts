import type { Appointment } from '../../../core/calendar/appointment.ts';
import { appointmentFactsOf } from '../../../core/calendar/facts.ts';
import type { Problem } from '../../../core/contract/problem.ts';
import { refusalDetails, statusDetail } from '../../../core/contract/refusal-details.ts';
import {
  decideByStatus,
  decideTransition,
  transitionOf,
  type TransitionDecision,
  type TransitionType,
} from '../../../core/domain/bookings/transitions.ts';
import { holdsSlots } from '../../../core/domain/statuses.ts';
import { presentAt } from '../../../core/domain/time/present.ts';
import { deskProblem } from '../problems/problem.ts';
import { claimsOf } from './freed-slots.ts';
import { forecast, patientOf, type Forecaster, type Horizon } from './horizon.ts';

/** What this desk expects of a change of status. */
export function forecastTransition<T extends TransitionType>(type: T): Forecaster<T> {
  const givesSlotsBack = !holdsSlots(transitionOf(type).to);
  return (horizon, { body: { appointmentId } }) => {
    const current = horizon.shown.visit(appointmentId);
    if (!current) return forecast({ frees: givesSlotsBack ? null : [] });
    const patient = current.patientId === null ? null : patientOf(horizon, current.patientId);
    const known = { expected: current, patient, frees: givesSlotsBack ? claimsOf(current) : [] };
    return forecast(known, problemOf(decide(horizon, type, current), current));
  };
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
