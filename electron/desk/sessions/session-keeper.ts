import { session as sessionSchema, type Session } from '../../../core/contract/session.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { loadSetting, removeSetting, writeSetting } from '../store/settings.ts';

const key = 'session';

export interface SessionKeeper {
  current(): Session | null;
  keep(session: Session): void;
  /** Forgets the session that has this token; a newer session stays. Returns whether there was one to forget. */
  forget(token: string): boolean;
}

/** Keeps the session in memory and in the store, which its owner alone can read, so that a restart of the shell keeps it. */
export function openSessionKeeper(store: Store): SessionKeeper {
  const kept = loadSetting(store, key);
  let current = kept === null ? null : (sessionSchema.safeParse(JSON.parse(kept)).data ?? null);
  return {
    current: () => current,
    keep(session) {
      writeSetting(store, key, JSON.stringify(session));
      current = session;
    },
    forget(token) {
      if (current?.token !== token) return false;
      current = null;
      removeSetting(store, key);
      return true;
    },
  };
}
