import { appointmentFactsOf } from '../../core/calendar/facts.ts';
import { decideReinstate } from '../../core/domain/bookings/decide-reinstate.ts';
import { refuse, verdictOf, type Decide } from '../commands/decide.ts';
import { loadAppointment } from './load-appointment.ts';
import { loadFactsOfVisit } from './load-facts.ts';
import { maxAttempts } from './place.ts';
import { transitionCall } from './transition.ts';

/**
 * Takes back that a patient did not come. The call takes the slots that the visit gave back. Where one of them is lost, the
 * facts say to whom; where they show nobody, another attempt is made.
 */
export const unNoShow: Decide<'un-no-show'> = async (context, { body }) => {
  const { orgId } = context.actor;
  const { appointmentId } = body;
  for (let tries = 1; ; tries++) {
    const committed = await transitionCall(context, 'un-no-show', body);
    const isLost = !committed.ok && (committed.error === 'slot-lost' || committed.error === 'patient-busy');
    if (!isLost || tries === maxAttempts) return verdictOf(context, committed, appointmentId);
    const found = await loadAppointment(context.pool, orgId, appointmentId);
    if (!found) return refuse(context, { kind: 'not-found' });
    const visit = appointmentFactsOf(found);
    const facts = await loadFactsOfVisit(context.pool, orgId, visit);
    const decision = facts && decideReinstate(facts, visit);
    if (decision?.ok === false && decision.error.kind === 'conflict') {
      const { version: _version, status: _status, holdsUntil: _holdsUntil, ...request } = visit;
      return refuse(context, { kind: 'conflict', request, blockers: decision.error.blockers });
    }
  }
};
