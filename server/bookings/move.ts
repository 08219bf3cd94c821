import { appointmentFactsOf } from '../../core/calendar/facts.ts';
import { changeOf } from '../../core/commands/move.ts';
import { decideMove } from '../../core/domain/bookings/decide-move.ts';
import { judgedQuarter } from '../commands/context.ts';
import { refuse, type Decide } from '../commands/decide.ts';
import { moveCall } from './calls.ts';
import { loadAppointment } from './load-appointment.ts';
import { loadBookingFacts } from './load-facts.ts';
import { place } from './place.ts';
import { seenVersion } from './seen-version.ts';
import { withoutRetired } from './without-retired.ts';

export const move: Decide<'move'> = async (context, { body, precondition }, left) => {
  const { orgId } = context.actor;
  const found = await loadAppointment(context.pool, orgId, body.appointmentId);
  if (!found) return refuse(context, { kind: 'not-found' });
  const version = seenVersion(precondition, left, body.appointmentId);
  if (version === null) return refuse(context, { kind: 'refused', reason: 'parent-refused' });
  if (found.version !== version) {
    return refuse(context, { kind: 'stale-version', appointmentId: body.appointmentId });
  }
  const current = appointmentFactsOf(found);
  const change = changeOf(body);
  const start = change.start ?? current.start;
  const end = start + (change.durationQuarters ?? current.end - current.start);
  const providerId = change.providerId ?? current.providerId;
  const own = [current.providerId, current.roomId, current.equipmentId];
  const named = [current.roomId, current.equipmentId, body.roomId, body.equipmentId];
  return place(context, {
    appointmentId: body.appointmentId,
    load: () =>
      loadBookingFacts(context.pool, {
        orgId,
        siteId: current.siteId,
        serviceId: current.serviceId,
        patientId: current.patientId,
        providerIds: [providerId],
        namedIds: named.filter((resourceId) => typeof resourceId === 'string'),
        alsoRetired: true,
        // The visit keeps its own buffers, which may be longer than the service's buffers of today.
        from: start - current.bufferBeforeQuarters,
        until: end + current.bufferAfterQuarters,
      }),
    request: () => ({
      appointmentId: current.appointmentId,
      siteId: current.siteId,
      patientId: current.patientId,
      serviceId: current.serviceId,
      providerId,
      roomId: body.roomId ?? null,
      equipmentId: body.equipmentId ?? null,
      start,
      end,
    }),
    decide: (facts) => decideMove(withoutRetired(facts, own), current, change, judgedQuarter(context, facts.readAt)),
    call: (placement, options) => moveCall(context, placement, version, options),
  });
};
