import type { ResourceKind } from '../terms.ts';
import { overlaps, union, type Interval } from '../time/interval.ts';
import { keptInterval } from './claimed-slots.ts';
import type { Blocker, BookingFacts, Occupancy, Request } from './facts.ts';
import { slotTable, type SlotTable } from './slot-table.ts';
import { suitableResources } from './suitable-resources.ts';

function blockedQuarters(table: SlotTable, resourceId: string, kept: Interval, state: 'taken' | 'closed'): Interval[] {
  const blocked: Interval[] = [];
  for (let start = kept.start; start < kept.end; start++) {
    if (table.stateOf(resourceId, start) === state) blocked.push({ start, end: start + 1 });
  }
  return union(blocked);
}

function intersect(a: Interval, b: Interval): Interval | null {
  const start = Math.max(a.start, b.start);
  const end = Math.min(a.end, b.end);
  return start < end ? { start, end } : null;
}

/** One resource's blockers by start: its closed stretches, and the appointments in its full slots, as long as they are full. */
function blockersOf(
  occupancies: readonly Occupancy[],
  table: SlotTable,
  resource: { readonly kind: ResourceKind; readonly resourceId: string; readonly kept: Interval },
): Blocker[] {
  const { kind, resourceId, kept } = resource;
  if (table.isFree(resourceId, kept)) return [];
  const closed = blockedQuarters(table, resourceId, kept, 'closed').map((interval): Blocker => ({
    reason: 'closed',
    kind,
    resourceId,
    ...interval,
  }));
  const held = new Map<string, Interval[]>();
  for (const full of blockedQuarters(table, resourceId, kept, 'taken')) {
    for (const occupancy of occupancies) {
      if (occupancy.resourceId !== resourceId) continue;
      const shared = intersect(occupancy, full);
      if (shared) held.set(occupancy.appointmentId, [...(held.get(occupancy.appointmentId) ?? []), shared]);
    }
  }
  const taken = [...held].flatMap(([appointmentId, intervals]) =>
    union(intervals).map((interval): Blocker => ({ reason: 'taken', kind, resourceId, appointmentId, ...interval })),
  );
  return [...closed, ...taken].toSorted((a, b) => a.start - b.start);
}

/**
 * Everything that stands in the way of a request: the provider's blockers, the room's, the equipment's, the patient's,
 * each by start. Touching quarters of one reason and one appointment are one blocker. Empty exactly when all are free.
 *
 * Where a room (or equipment) is to be chosen, one free room that satisfies the service suffices; where none is free, the
 * blockers of all of them are listed. `ignoring` is the id of a visit that moves: its own slots do not block it. Does not
 * look for what makes a request senseless (`not-offered`, `unsuitable`, `in-the-past`).
 */
export function findBlockers(facts: BookingFacts, request: Request, ignoring?: string): Blocker[] {
  const { service, calendar } = facts;
  const within = keptInterval('provider', request, service);
  const table = slotTable(calendar, { ignoring, within });
  const nearby = calendar.occupancies.filter(
    (occupancy) => overlaps(occupancy, within) && occupancy.appointmentId !== ignoring,
  );
  const ofOne = (kind: ResourceKind, resourceId: string) =>
    blockersOf(nearby, table, { kind, resourceId, kept: keptInterval(kind, request, service) });

  const ofChoice = (kind: 'room' | 'equipment', needed: string | null): Blocker[] => {
    const suitable = suitableResources(calendar, kind, service);
    if (suitable.length === 0) {
      return [{ reason: 'none-suitable', kind, needed, ...keptInterval(kind, request, service) }];
    }
    const each = suitable.map((resourceId) => ofOne(kind, resourceId));
    return each.some((blockers) => blockers.length === 0) ? [] : each.flat();
  };

  const blockers = ofOne('provider', request.providerId);
  if (request.roomId !== null) blockers.push(...ofOne('room', request.roomId));
  else if (service.needsRoom) blockers.push(...ofChoice('room', service.roomFeature));
  if (request.equipmentId !== null) blockers.push(...ofOne('equipment', request.equipmentId));
  else if (service.equipmentType !== null) blockers.push(...ofChoice('equipment', service.equipmentType));
  for (const visit of busyVisits(facts, request, ignoring)) {
    const { start, end, appointmentId } = visit;
    blockers.push({
      reason: 'patient-busy',
      appointmentId,
      start: Math.max(start, request.start),
      end: Math.min(end, request.end),
    });
  }
  return blockers;
}

/** The patient's other visits that overlap a window, by start; none where the service may overlap. */
function busyVisits(facts: BookingFacts, window: Interval, ignoring: string | undefined) {
  if (facts.service.patientMayOverlap) return [];
  return facts.patientVisits
    .filter((visit) => visit.appointmentId !== ignoring && overlaps(visit, window))
    .toSorted((a, b) => a.start - b.start);
}
