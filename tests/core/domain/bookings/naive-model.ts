import type { BookingFacts, CalendarFacts, Request, ResourceFacts } from '../../../../core/domain/bookings/facts.ts';

/** The rules once more, quarter by quarter and in the plainest way. The fast rules must agree with them. */
export function capacityAt(calendar: CalendarFacts, resourceId: string, quarter: number): number {
  const run = calendar.openRuns.find(
    (candidate) =>
      candidate.resourceId === resourceId &&
      candidate.siteId === calendar.siteId &&
      candidate.start <= quarter &&
      quarter < candidate.end,
  );
  return run?.capacity ?? 0;
}

export function holdersAt(calendar: CalendarFacts, resourceId: string, quarter: number, ignoring?: string): string[] {
  return calendar.occupancies
    .filter((held) => held.resourceId === resourceId && held.start <= quarter && quarter < held.end)
    .map((held) => held.appointmentId)
    .filter((appointmentId) => appointmentId !== ignoring);
}

export function stateAt(calendar: CalendarFacts, resourceId: string, quarter: number, ignoring?: string) {
  const capacity = capacityAt(calendar, resourceId, quarter);
  if (capacity === 0) return 'closed';
  return holdersAt(calendar, resourceId, quarter, ignoring).length < capacity ? 'free' : 'taken';
}

export function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, n) => start + n);
}

/** The quarters of one resource that a request needs. */
export function neededQuarters(facts: BookingFacts, request: Request, kind: ResourceFacts['kind']): number[] {
  const { bufferBeforeQuarters, bufferAfterQuarters } = facts.service;
  return kind === 'equipment'
    ? range(request.start, request.end)
    : range(request.start - bufferBeforeQuarters, request.end + bufferAfterQuarters);
}

export function satisfying({ calendar, service }: BookingFacts, kind: 'room' | 'equipment'): string[] {
  return calendar.resources
    .filter((resource) => resource.kind === kind && resource.siteId === calendar.siteId)
    .filter((resource) =>
      kind === 'room'
        ? service.roomFeature === null || resource.roomFeatures.includes(service.roomFeature)
        : service.equipmentType === null || resource.equipmentType === service.equipmentType,
    )
    .map((resource) => resource.resourceId);
}

export function busyQuarters(facts: BookingFacts, request: Request, ignoring?: string): string[] {
  if (facts.service.patientMayOverlap) return [];
  return facts.patientVisits
    .filter((visit) => visit.appointmentId !== ignoring)
    .flatMap((visit) =>
      range(request.start, request.end)
        .filter((quarter) => visit.start <= quarter && quarter < visit.end)
        .map((quarter) => `${visit.appointmentId}@${quarter}`),
    );
}

/** Every pair of room and equipment with which a request could be booked. A named one is the only candidate. */
export function bookablePairs(facts: BookingFacts, request: Request, ignoring?: string) {
  const { service, calendar } = facts;
  const isFree = (kind: ResourceFacts['kind'], resourceId: string) =>
    neededQuarters(facts, request, kind).every(
      (quarter) => stateAt(calendar, resourceId, quarter, ignoring) === 'free',
    );
  const candidates = (kind: 'room' | 'equipment', named: string | null, isNeeded: boolean): (string | null)[] => {
    const suitable = satisfying(facts, kind).filter((resourceId) => isFree(kind, resourceId));
    if (named !== null) return suitable.filter((resourceId) => resourceId === named);
    return isNeeded ? suitable : [null];
  };
  if (!isFree('provider', request.providerId)) return [];
  if (busyQuarters(facts, request, ignoring).length > 0) return [];
  return candidates('room', request.roomId, service.needsRoom).flatMap((roomId) =>
    candidates('equipment', request.equipmentId, service.equipmentType !== null).map((equipmentId) => ({
      roomId,
      equipmentId,
    })),
  );
}
