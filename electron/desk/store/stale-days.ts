import type { Store } from '../../../db/sqlite/open-store.ts';
import type { Stretch } from './appointments.ts';
import { calendarWritten } from './kept-in-memory.ts';
import { prepared } from './prepared.ts';

/** How often a day was found to be no longer as it was read since the desk last read it; 0 also where it is not held. */
export function loadStale(store: Store, orgId: string, siteId: string, date: string): number {
  return (
    (prepared(store, 'select stale from held_days where org_id = ? and site_id = ? and date = ?')
      .pluck()
      .get(orgId, siteId, date) as number | undefined) ?? 0
  );
}

/** Marks the held days that a stretch touches as no longer as they were read. Returns their dates. */
export function markStale(store: Store, orgId: string, { siteId, start, end }: Stretch): string[] {
  calendarWritten(store);
  return prepared(
    store,
    `update held_days set stale = stale + 1
     where org_id = ? and site_id = ? and starts_at < ? and ends_at > ? returning date`,
  )
    .pluck()
    .all(orgId, siteId, end, start) as string[];
}

/**
 * Marks every held day. `confirmedAt` (RFC 3339, UTC) is when all days that were not stale were last known to be right: a
 * day that was confirmed before then counts as confirmed then.
 */
export function markAllStale(store: Store, orgId: string, confirmedAt: string | null): void {
  calendarWritten(store);
  prepared(
    store,
    `update held_days set stale = stale + 1, confirmed_at = iif(stale = 0, max(confirmed_at, coalesce(?, '')), confirmed_at)
     where org_id = ?`,
  ).run(confirmedAt, orgId);
}

/**
 * Marks the held days that a stretch touches and whose frame does not name all of these ids (of a provider, room, equipment
 * or service). Returns their dates.
 */
export function markStaleWithout(
  store: Store,
  orgId: string,
  { siteId, start, end }: Stretch,
  ids: readonly string[],
): string[] {
  calendarWritten(store);
  return prepared(
    store,
    `update held_days set stale = stale + 1
     where org_id = ? and site_id = ? and starts_at < ? and ends_at > ?
       and exists (select 1 from json_each(?) named where instr(frame, named.value) = 0) returning date`,
  )
    .pluck()
    .all(orgId, siteId, end, start, JSON.stringify(ids)) as string[];
}
