import type { Interval } from '../../core/domain/time/interval.ts';
import type { Quarter } from '../../core/domain/time/quarter.ts';

const closed = 0;
const free = 1;
const taken = 2;

/**
 * Which quarters are open, and which are taken, over many months: one byte for each quarter of each resource. Capacity is
 * one.
 */
export interface OpenTime {
  /** Whether every quarter of the interval is open and not taken. */
  isFree(resourceId: string, interval: Interval): boolean;
  take(resourceId: string, interval: Interval): void;
}

/** `within` must contain every interval that is passed in later. */
export function makeOpenTime(
  stretches: readonly (Interval & { readonly resourceId: string })[],
  within: Interval,
): OpenTime {
  const byResource = new Map<string, Uint8Array>();
  const quartersOf = (resourceId: string) => {
    let quarters = byResource.get(resourceId);
    if (!quarters) {
      quarters = new Uint8Array(within.end - within.start).fill(closed);
      byResource.set(resourceId, quarters);
    }
    return quarters;
  };
  const fill = (resourceId: string, { start, end }: Interval, state: number) =>
    quartersOf(resourceId).fill(state, start - within.start, end - within.start);

  for (const stretch of stretches) fill(stretch.resourceId, stretch, free);
  return {
    isFree: (resourceId, { start, end }) => {
      const quarters = quartersOf(resourceId);
      for (let at: Quarter = start; at < end; at++) {
        if (quarters[at - within.start] !== free) return false;
      }
      return true;
    },
    take: (resourceId, interval) => fill(resourceId, interval, taken),
  };
}
