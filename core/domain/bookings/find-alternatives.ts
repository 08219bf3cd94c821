import { overlaps } from '../time/interval.ts';
import type { Quarter } from '../time/quarter.ts';
import { inOrderOfPreference } from './choose-resource.ts';
import { keptInterval } from './claimed-slots.ts';
import type { Alternative, BookingFacts, Request } from './facts.ts';
import { slotTable } from './slot-table.ts';
import { suitableResources } from './suitable-resources.ts';

/** Other providers fill at most this many places with one start, so that a person can choose among several starts. */
const maxAtOneStart = 3;

export interface AlternativeOptions {
  readonly now: Quarter;
  readonly limit: number;
  /** The id of a visit that moves: its own slots count as free. */
  readonly ignoring?: string | undefined;
}

/**
 * The nearest placements of the asked length for which provider, room, equipment and patient are free in these facts,
 * buffers included.
 *
 * Placements with the asked provider come first, by distance from the asked start; of two equally near the earlier comes
 * first. The other providers of the service fill what is left of `limit`, in the same order. No two placements share
 * provider and start, and none begins before `now`. A room or a piece of equipment that the request names is preferred but
 * not required. So the asked start with the asked provider appears only with another room or equipment than was named.
 */
export function findAlternatives(facts: BookingFacts, request: Request, options: AlternativeOptions): Alternative[] {
  const { service, calendar } = facts;
  const { now, limit, ignoring } = options;
  const table = slotTable(calendar, { ignoring });
  // An empty span lies at quarter 0: the search would walk there from the asked start, some two million quarters.
  if (table.span.start === table.span.end) return [];
  const busy = service.patientMayOverlap ? [] : facts.patientVisits.filter((visit) => visit.appointmentId !== ignoring);

  // Null: none is needed. The sort is stable, so the named resource leads and the rest keeps its order.
  const candidates = (kind: 'room' | 'equipment', named: string | null, isNeeded: boolean): string[] | null => {
    if (named === null && !isNeeded) return null;
    const preferred = inOrderOfPreference(suitableResources(calendar, kind, service), request.appointmentId);
    return preferred.toSorted((a, b) => Number(b === named) - Number(a === named));
  };
  const rooms = candidates('room', request.roomId, service.needsRoom);
  const equipment = candidates('equipment', request.equipmentId, service.equipmentType !== null);

  const placementAt = (providerId: string, start: Quarter): Alternative | null => {
    const visit = { start, end: start + request.end - request.start };
    const kept = keptInterval('provider', visit, service);
    if (start < now || !table.isFree(providerId, kept)) return null;
    if (busy.some((other) => overlaps(other, visit))) return null;
    const roomId = rooms === null ? null : rooms.find((id) => table.isFree(id, kept));
    const equipmentId = equipment === null ? null : equipment.find((id) => table.isFree(id, visit));
    if (roomId === undefined || equipmentId === undefined) return null;
    if (providerId === request.providerId && start === request.start) {
      const isAnother =
        (request.roomId !== null && roomId !== request.roomId) ||
        (request.equipmentId !== null && equipmentId !== request.equipmentId);
      if (!isAnother) return null;
    }
    return { ...visit, providerId, roomId, equipmentId };
  };

  const furthest = Math.max(request.start - table.span.start, table.span.end - request.start);
  function* nearestFirst(providerIds: readonly string[]) {
    for (let distance = 0; distance <= furthest; distance++) {
      for (const start of distance === 0 ? [request.start] : [request.start - distance, request.start + distance]) {
        for (const providerId of providerIds) {
          const placement = placementAt(providerId, start);
          if (placement) yield placement;
        }
      }
    }
  }

  const found: Alternative[] = [];
  // A visit that moves may stay with a provider who no longer offers its service.
  if (ignoring !== undefined || service.providerIds.includes(request.providerId)) {
    for (const placement of nearestFirst([request.providerId])) {
      if (found.length >= limit) break;
      found.push(placement);
    }
  }
  // Each appointment has its own order of providers, so that the losers of one race do not all go to the same one.
  const others = inOrderOfPreference(
    service.providerIds.filter((id) => id !== request.providerId),
    request.appointmentId,
  );
  return [...found, ...spread(nearestFirst(others), limit - found.length)];
}

/** The first `limit`, in their order; more than `maxAtOneStart` of one start only where other starts do not fill it. */
function spread(nearest: Iterable<Alternative>, limit: number): Alternative[] {
  const taken: { readonly placement: Alternative; readonly rank: number }[] = [];
  const passedOver: typeof taken = [];
  const countAt = new Map<Quarter, number>();
  let rank = 0;
  if (limit <= 0) return [];
  for (const placement of nearest) {
    const count = countAt.get(placement.start) ?? 0;
    countAt.set(placement.start, count + 1);
    (count < maxAtOneStart ? taken : passedOver).push({ placement, rank: rank++ });
    if (taken.length === limit) break;
  }
  return [...taken, ...passedOver.slice(0, limit - taken.length)]
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ placement }) => placement);
}
