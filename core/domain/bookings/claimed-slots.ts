import type { ResourceKind } from '../terms.ts';
import type { Interval } from '../time/interval.ts';
import type { Quarter } from '../time/quarter.ts';
import type { Placement } from './facts.ts';

/** How long the provider and the room are kept before and after the visit, in quarters. */
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
 * The interval for which a visit keeps a resource of one kind: buffers included for the provider and the room, without
 * buffers for equipment. The database's `appointment_takes_effect` says the same.
 */
export function keptInterval(kind: ResourceKind, visit: Interval, buffers: Buffers): Interval {
  return kind === 'equipment'
    ? { start: visit.start, end: visit.end }
    : { start: visit.start - buffers.bufferBeforeQuarters, end: visit.end + buffers.bufferAfterQuarters };
}

/** The part of an interval that comes before `holdsUntil`, which is null for all of it; null where there is no such part. */
export function heldInterval(interval: Interval, holdsUntil: Quarter | null): Interval | null {
  if (holdsUntil === null || interval.end <= holdsUntil) return interval;
  return interval.start < holdsUntil ? { start: interval.start, end: holdsUntil } : null;
}

/**
 * Every interval of every resource that a visit holds: the provider's, the room's, the equipment's. A visit whose patient did
 * not come holds them until `holdsUntil`.
 */
export function claimedIntervals(placement: Placement & { readonly holdsUntil?: Quarter | null }): ClaimedInterval[] {
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
  const { holdsUntil = null } = placement;
  return claimed.flatMap((claim) => {
    const interval = heldInterval(claim.interval, holdsUntil);
    return interval ? [{ ...claim, interval }] : [];
  });
}
