import { useSyncExternalStore } from 'react';

const pattern = /^#\/day\/([0-9a-f-]{36})(?:\/(\d{4}-\d{2}-\d{2}))?$/;

/** Which day of which site is on the screen. It stands in the address, so that a reload comes back to it. */
export interface ShownDay {
  readonly siteId: string | null;
  /** Null: today, also after midnight. */
  readonly date: string | null;
}

let hash = '';
let shown: ShownDay = { siteId: null, date: null };

function read(): ShownDay {
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
  return useSyncExternalStore(watch, read);
}

export function showDay(siteId: string, date: string | null): void {
  location.hash = date === null ? `#/day/${siteId}` : `#/day/${siteId}/${date}`;
}
