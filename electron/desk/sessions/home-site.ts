import { site as siteSchema, type Site } from '../../../core/calendar/calendar.ts';
import type { Session } from '../../../core/contract/session.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { loadSetting, writeSetting } from '../store/settings.ts';

const homeKey = (orgId: string) => `home-site:${orgId}`;

/**
 * The site for which the desk fills its window: the home of the person who is signed in, else of the last one who was. Null
 * where no person of the organization has signed in here. Keeps the person's home for the time without one.
 */
export function homeSiteOf(store: Store, orgId: string, person: Session['person'] | null): Site | null {
  const home = person?.orgId === orgId ? person.sites.find(({ siteId }) => siteId === person.homeSiteId) : null;
  const kept = loadSetting(store, homeKey(orgId));
  if (!home) return kept === null ? null : (siteSchema.safeParse(JSON.parse(kept)).data ?? null);
  if (kept !== JSON.stringify(home)) writeSetting(store, homeKey(orgId), JSON.stringify(home));
  return home;
}
