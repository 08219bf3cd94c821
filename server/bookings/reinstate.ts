import { appointmentFactsOf } from '../../core/calendar/facts.ts';
import { decideReinstate } from '../../core/domain/bookings/decide-reinstate.ts';
import { commitCommand } from '../commands/commit-command.ts';
import { refuse, type Decide } from '../commands/decide.ts';
import { loadAppointment } from './load-appointment.ts';
import { loadFactsOfVisit } from './load-facts.ts';
import { place } from './place.ts';
import { seenVersion } from './seen-version.ts';

/** Brings a cancelled visit back. Its slots are swapped anew; blockers are explained as for a booking. */
export const reinstate: Decide<'reinstate'> = async (context, { body, precondition }, left) => {
  const { orgId } = context.actor;
  const { appointmentId } = body;
  const found = await loadAppointment(context.pool, orgId, appointmentId);
  if (!found) return refuse(context, { kind: 'not-found' });
  const version = seenVersion(precondition, left, appointmentId);
  if (version === null) return refuse(context, { kind: 'refused', reason: 'parent-refused' });
  if (found.version !== version) return refuse(context, { kind: 'stale-version', appointmentId });
  if (found.status !== 'cancelled') return refuse(context, { kind: 'status-conflict', appointmentId });
  const cancelled = appointmentFactsOf(found);
  const { version: _version, status: _status, holdsUntil: _holdsUntil, ...request } = cancelled;
  return place(context, {
    appointmentId,
    load: () => loadFactsOfVisit(context.pool, orgId, cancelled),
    request: () => request,
    decide: (facts) => decideReinstate(facts, cancelled),
    call: (_placement, options) =>
      commitCommand(
        context,
        (tx) => tx`select holdfast_api.reinstate_appointment(
          ${context.actor.orgId}, ${context.envelope}::jsonb, ${appointmentId}, ${version}) as verdict`,
        options,
      ),
  });
};
