import type { ResourceKind } from '../terms.ts';
import type { Interval } from '../time/interval.ts';
import type { Placement } from './facts.ts';

/** How much longer than the visit its provider and its room are kept, in quarters. */
export interface Buffers {
  readonly bufferBeforeQuarters: number;
  readonly bufferAfterQuarters: number;
}

export interface ClaimedInterval {
  readonly kind: ResourceKind;
  readonly resourceId: string;
  readonly interval: Interval;
}

/**
 * What a visit keeps of a resource of one kind: the provider and the room from buffer to buffer, a piece of equipment
 * for the visit alone. The database's `appointment_writes_its_claims` says the same.
 */
export function keptInterval(kind: ResourceKind, visit: Interval, buffers: Buffers): Interval {
  return kind === 'equipment'
    ? { start: visit.start, end: visit.end }
    : { start: visit.start - buffers.bufferBeforeQuarters, end: visit.end + buffers.bufferAfterQuarters };
}

/** Every stretch of every resource that a placement claims, provider first. */
export function claimedIntervals(placement: Placement): ClaimedInterval[] {
  const claimed: ClaimedInterval[] = [
    { kind: 'provider', resourceId: placement.providerId, interval: keptInterval('provider', placement, placement) },
  ];
  if (placement.roomId !== null) {
    claimed.push({ kind: 'room', resourceId: placement.roomId, interval: keptInterval('room', placement, placement) });
  }
  if (placement.equipmentId !== null) {
    const interval = keptInterval('equipment', placement, placement);
    claimed.push({ kind: 'equipment', resourceId: placement.equipmentId, interval });
  }
  return claimed;
}
