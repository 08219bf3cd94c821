import { site as siteSchema, type Site } from '../../../core/calendar/calendar.ts';
import type { Session } from '../../../core/contract/session.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { loadSetting, writeSetting } from '../store/settings.ts';

const homeKey = (orgId: string) => `home-site:${orgId}`;

/** Whose home the desk fills its window for: who is signed in, or who was last. Null where nobody of the organization was. */
export function homeSiteOf(store: Store, orgId: string, person: Session['person'] | null): Site | null {
  const home = person?.orgId === orgId ? person.sites.find(({ siteId }) => siteId === person.homeSiteId) : null;
  const kept = loadSetting(store, homeKey(orgId));
  if (!home) return kept === null ? null : (siteSchema.safeParse(JSON.parse(kept)).data ?? null);
  if (kept !== JSON.stringify(home)) writeSetting(store, homeKey(orgId), JSON.stringify(home));
  return home;
}
