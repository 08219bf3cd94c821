import type { z } from 'zod';

import type { Store } from '../../../db/sqlite/open-store.ts';
import { loadSetting, removeSetting, writeSetting } from './settings.ts';

/** One value that outlives a restart of the desk: in memory, and as JSON among the store's settings. */
export interface KeptSetting<T> {
  current(): T | null;
  keep(value: T): void;
  /** Forgets the value where `isMeant` says so of it; returns whether there was one to forget. */
  forget(isMeant: (value: T) => boolean): boolean;
}

/**
 * Opens a setting. A stored value that does not fit the schema counts as none. A `given` value wins over the stored one, and is
 * not written to the store.
 */
export function openKeptSetting<T extends object>(
  store: Store,
  key: string,
  schema: z.ZodType<T>,
  given: T | null = null,
): KeptSetting<T> {
  const kept = loadSetting(store, key);
  let current = given ?? (kept === null ? null : (schema.safeParse(JSON.parse(kept)).data ?? null));
  return {
    current: () => current,
    keep(value) {
      writeSetting(store, key, JSON.stringify(value));
      current = value;
    },
    forget(isMeant) {
      if (current === null || !isMeant(current)) return false;
      current = null;
      removeSetting(store, key);
      return true;
    },
  };
}
