import { useSyncExternalStore } from 'react';

import type { Site } from '../../core/calendar/calendar.ts';
import type { Person } from '../../core/contract/session.ts';

const pattern = /^#\/day\/([0-9a-f-]{36})(?:\/(\d{4}-\d{2}-\d{2}))?$/;

/** Which day of which site is on the screen. It stands in the address, so that a reload comes back to it. */
export interface ShownDay {
  readonly siteId: string | null;
  /** Null: today, also after midnight. */
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

/** The site that was asked for, where the person works; else their own. Undefined: they work at none. */
export function shownSite(person: Person, { siteId: asked }: ShownDay): Site | undefined {
  const { sites, homeSiteId } = person;
  const byId = (wanted: string | null) => sites.find(({ siteId }) => siteId === wanted);
  return byId(asked) ?? byId(homeSiteId) ?? sites[0];
}
