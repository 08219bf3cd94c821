import { refused, type Result } from '../terms.ts';
import type { Quarter } from '../time/quarter.ts';
import { keptInterval } from './claimed-slots.ts';
import { isOver, placeRequest } from './decide-book.ts';
import type { AppointmentFacts, BookingError, BookingFacts, Placement, ServiceFacts } from './facts.ts';
import { slotTable } from './slot-table.ts';
import { suitableResources } from './suitable-resources.ts';

/** What is to change; what is left out stays. */
export interface MoveChange {
  readonly start?: Quarter | undefined;
  readonly durationQuarters?: number | undefined;
  readonly providerId?: string | undefined;
  readonly roomId?: string | undefined;
  readonly equipmentId?: string | undefined;
}

/**
 * Decides a move or a resize like `decideBook` decides a booking, with the visit's own slots counted as free. A room (or
 * equipment) that is not named anew stays while it is free and satisfies the service, and is exchanged for another where
 * the service needs one. One that the service does not need was somebody's wish: it stays, or it blocks the move.
 *
 * The buffers and whether the patient may overlap stay the visit's own, as in the database, even where the service has
 * others by now; and a visit may stay with a provider who no longer offers the service. Refuses as `decideBook` does.
 * Says nothing of version and status, which only the call can judge.
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
