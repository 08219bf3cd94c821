import { and, eq } from 'drizzle-orm';

import { dayView, type DayView } from '../../../core/contract/calendar.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { days } from '../../../db/sqlite/schema.ts';

/** Keeps a day as the server gave it, in the place of what was kept of it before. */
export function writeDay(store: Store, orgId: string, view: DayView): void {
  const kept = { cursor: view.cursor, view: JSON.stringify(view) };
  store
    .insert(days)
    .values({ orgId, siteId: view.site.siteId, date: view.date, ...kept })
    .onConflictDoUpdate({ target: [days.orgId, days.siteId, days.date], set: kept })
    .run();
}

/** The day as it was last read, or null: never read, or kept in the shape of another version. */
export function loadDay(store: Store, orgId: string, siteId: string, date: string): DayView | null {
  const row = store
    .select({ view: days.view })
    .from(days)
    .where(and(eq(days.orgId, orgId), eq(days.siteId, siteId), eq(days.date, date)))
    .get();
  return row ? (dayView.safeParse(JSON.parse(row.view)).data ?? null) : null;
}
