import { overlaps } from '../time/interval.ts';
import type { Quarter } from '../time/quarter.ts';
import { inOrderOfPreference } from './choose-resource.ts';
import { keptInterval } from './claimed-slots.ts';
import type { Alternative, BookingFacts, Request } from './facts.ts';
import { slotTable } from './slot-table.ts';
import { suitableResources } from './suitable-resources.ts';

/** Among other providers: more openings than this at one minute give way to the next minutes, so that there is a choice. */
const mostAtOneStart = 3;

export interface AlternativeOptions {
  readonly now: Quarter;
  readonly limit: number;
  /** The visit that moves: its own slots count as free. */
  readonly ignoring?: string | undefined;
}

/**
 * The nearest placements of the asked length that are free in these facts: provider from buffer to buffer, room,
 * equipment and patient. The asked provider's come first, by distance from the asked start, the earlier of two equally
 * near; only what is left of `limit` goes to the others who offer the service, by the same order. Distinct by provider and
 * start, none begins before `now`. The asked start with the asked provider is left out, unless a room or a piece of
 * equipment was named and another one is free at that time: a named one is preferred, and no condition.
 */
export function findAlternatives(facts: BookingFacts, request: Request, options: AlternativeOptions): Alternative[] {
  const { service, calendar } = facts;
  const { now, limit, ignoring } = options;
  const table = slotTable(calendar, { ignoring });
  // Where nothing is open the span is no place at all, and the way there from the asked start some two million quarters.
  if (table.span.start === table.span.end) return [];
  const busy = service.patientMayOverlap ? [] : facts.patientVisits.filter((visit) => visit.appointmentId !== ignoring);

  // Null: none is needed. The named one leads, because the sort is stable.
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
  // In an order of the appointment's own, so that many losers of one race are not all sent to the same next provider.
  const others = inOrderOfPreference(
    service.providerIds.filter((id) => id !== request.providerId),
    request.appointmentId,
  );
  return [...found, ...spread(nearestFirst(others), limit - found.length)];
}

/** The first `limit`, at most `mostAtOneStart` of one start as long as there are enough others; their order is kept. */
function spread(nearest: Iterable<Alternative>, limit: number): Alternative[] {
  const taken: { readonly placement: Alternative; readonly rank: number }[] = [];
  const passedOver: typeof taken = [];
  const countAt = new Map<Quarter, number>();
  let rank = 0;
  if (limit <= 0) return [];
  for (const placement of nearest) {
    const count = countAt.get(placement.start) ?? 0;
    countAt.set(placement.start, count + 1);
    (count < mostAtOneStart ? taken : passedOver).push({ placement, rank: rank++ });
    if (taken.length === limit) break;
  }
  return [...taken, ...passedOver.slice(0, limit - taken.length)]
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ placement }) => placement);
}
