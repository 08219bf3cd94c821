import { ok, refused, type Result } from '../terms.ts';
import type { Interval } from '../time/interval.ts';
import type { Quarter } from '../time/quarter.ts';
import { chooseResource } from './choose-resource.ts';
import { keptInterval } from './claimed-slots.ts';
import type { BookingError, BookingFacts, Placement, Request } from './facts.ts';
import { findBlockers } from './find-blockers.ts';
import { slotTable } from './slot-table.ts';
import { suitableResources, unsuitableNamed } from './suitable-resources.ts';

/** Whether a visit has ended. A visit under way may still be booked, because its patient stands at the desk. */
export function isOver(visit: Interval, now: Quarter): boolean {
  return visit.end <= now;
}

/**
 * Places a request: chooses the room and the equipment that the service needs and the request does not name. Refuses with
 * `unsuitable`, or with `conflict` and every blocker. `ignoring` is the id of a visit that moves: its own slots are free.
 */
export function placeRequest(
  facts: BookingFacts,
  request: Request,
  ignoring?: string,
): Result<Placement, BookingError> {
  const unsuitable = unsuitableNamed(facts, request);
  if (unsuitable !== null) return refused({ kind: 'unsuitable', resourceId: unsuitable });
  const blockers = findBlockers(facts, request, ignoring);
  if (blockers.length > 0) return refused({ kind: 'conflict', blockers });
  const { service, calendar } = facts;
  const table = slotTable(calendar, { ignoring, within: keptInterval('room', request, service) });
  const chooseFree = (kind: 'room' | 'equipment') => {
    const kept = keptInterval(kind, request, service);
    const free = suitableResources(calendar, kind, service).filter((resourceId) => table.isFree(resourceId, kept));
    return chooseResource(free, request.appointmentId);
  };
  return ok({
    ...request,
    roomId: request.roomId ?? (service.needsRoom ? chooseFree('room') : null),
    equipmentId: request.equipmentId ?? (service.equipmentType === null ? null : chooseFree('equipment')),
    bufferBeforeQuarters: service.bufferBeforeQuarters,
    bufferAfterQuarters: service.bufferAfterQuarters,
    patientMayOverlap: service.patientMayOverlap,
  });
}

/**
 * Decides a booking from facts that may be stale: the call in the database is the judge. The function chooses a room and
 * a piece of equipment where the service needs one and the request names none; the same facts give the same choice.
 *
 * Refuses, in this order: `in-the-past` when the visit has ended before the quarter `now`; `not-offered` when the
 * provider does not offer the service; `unsuitable` when a named room or piece of equipment is not at the site or does
 * not satisfy the service; `conflict` with every blocker.
 */
export function decideBook(facts: BookingFacts, request: Request, now: Quarter): Result<Placement, BookingError> {
  const { service } = facts;
  if (isOver(request, now)) return refused({ kind: 'in-the-past', now });
  if (!service.providerIds.includes(request.providerId)) {
    return refused({ kind: 'not-offered', serviceId: service.serviceId, providerId: request.providerId });
  }
  return placeRequest(facts, request);
}
