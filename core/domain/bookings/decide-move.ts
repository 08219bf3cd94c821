import { refused, type Result } from '../terms.ts';
import type { Quarter } from '../time/quarter.ts';
import { keptInterval } from './claimed-slots.ts';
import { isOver, placeRequest } from './decide-book.ts';
import type { AppointmentFacts, BookingError, BookingFacts, Placement, ServiceFacts } from './facts.ts';
import { slotTable } from './slot-table.ts';
import { suitableResources } from './suitable-resources.ts';

/** What a move changes; a member that is left out stays as it is. */
export interface MoveChange {
  readonly start?: Quarter | undefined;
  readonly durationQuarters?: number | undefined;
  readonly providerId?: string | undefined;
  readonly roomId?: string | undefined;
  readonly equipmentId?: string | undefined;
}

/**
 * Decides a move or a resize as `decideBook` decides a booking, and counts the visit's own slots as free. A room (or
 * equipment) that the change does not name stays while it is free and satisfies the service; else the decision exchanges
 * it. A room that the service does not need was somebody's wish: it stays, or it blocks the move.
 *
 * The visit keeps its own buffers and its own `patientMayOverlap`, as in the database, even where the service has others
 * by now. A visit may stay with a provider who no longer offers the service. Refuses as `decideBook` does. Does not look
 * at version and status: only the call can judge those.
 */
export function decideMove(
  facts: BookingFacts,
  current: AppointmentFacts,
  change: MoveChange,
  now: Quarter,
): Result<Placement, BookingError> {
  const service: ServiceFacts = {
    ...facts.service,
    bufferBeforeQuarters: current.bufferBeforeQuarters,
    bufferAfterQuarters: current.bufferAfterQuarters,
    patientMayOverlap: current.patientMayOverlap,
  };
  const start = change.start ?? current.start;
  const window = { start, end: start + (change.durationQuarters ?? current.end - current.start) };
  const providerId = change.providerId ?? current.providerId;
  if (isOver(window, now)) return refused({ kind: 'in-the-past', now });
  if (providerId !== current.providerId && !service.providerIds.includes(providerId)) {
    return refused({ kind: 'not-offered', serviceId: service.serviceId, providerId });
  }

  const ignoring = current.appointmentId;
  const table = slotTable(facts.calendar, { ignoring, within: keptInterval('provider', window, service) });
  const keep = (kind: 'room' | 'equipment', resourceId: string | null, isNeeded: boolean): string | null => {
    if (resourceId === null || !isNeeded) return resourceId;
    const isFree = table.isFree(resourceId, keptInterval(kind, window, service));
    return isFree && suitableResources(facts.calendar, kind, service).includes(resourceId) ? resourceId : null;
  };
  return placeRequest(
    { ...facts, service },
    {
      ...window,
      appointmentId: current.appointmentId,
      siteId: current.siteId,
      patientId: current.patientId,
      serviceId: current.serviceId,
      providerId,
      roomId: change.roomId ?? keep('room', current.roomId, service.needsRoom),
      equipmentId: change.equipmentId ?? keep('equipment', current.equipmentId, service.equipmentType !== null),
    },
    ignoring,
  );
}
