import { useSyncExternalStore } from 'react';

import type { Site } from '../../core/calendar/calendar.ts';
import type { Person } from '../../core/contract/session.ts';

const pattern = /^#\/day\/([0-9a-f-]{36})(?:\/(\d{4}-\d{2}-\d{2}))?$/;

/** The day and the site on the screen. The page's address keeps both, so that a reload comes back to them. */
export interface ShownDay {
  readonly siteId: string | null;
  /** Null means today, also after midnight. */
  readonly date: string | null;
}

let hash = '';
let shown: ShownDay = { siteId: null, date: null };

export function askedDay(): ShownDay {
  if (hash !== location.hash) {
    hash = location.hash;
    const [, siteId, date] = pattern.exec(hash) ?? [];
    shown = { siteId: siteId ?? null, date: date ?? null };
  }
  return shown;
}

function watch(watcher: () => void): () => void {
  window.addEventListener('hashchange', watcher);
  return () => window.removeEventListener('hashchange', watcher);
}

export function useShownDay(): ShownDay {
  return useSyncExternalStore(watch, askedDay);
}

export function showDay(siteId: string, date: string | null): void {
  location.hash = date === null ? `#/day/${siteId}` : `#/day/${siteId}/${date}`;
}

/**
 * The site in the address if the person works there, else the person's home site, else their first. Undefined for a person
 * without a site.
 */
export function shownSite(person: Person, { siteId: asked }: ShownDay): Site | undefined {
  const { sites, homeSiteId } = person;
  const byId = (wanted: string | null) => sites.find(({ siteId }) => siteId === wanted);
  return byId(asked) ?? byId(homeSiteId) ?? sites[0];
}
