import { session as sessionSchema, type Session } from '../../../core/contract/session.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { openKeptSetting } from '../store/kept-setting.ts';

export interface SessionKeeper {
  current(): Session | null;
  keep(session: Session): void;
  /** Forgets the session that has this token; a newer session stays. Returns whether there was one to forget. */
  forget(token: string): boolean;
}

/** Keeps the session in memory and in the store, which its owner alone can read, so that a restart of the shell keeps it. */
export function openSessionKeeper(store: Store): SessionKeeper {
  const kept = openKeptSetting(store, 'session', sessionSchema);
  return {
    current: kept.current,
    keep: kept.keep,
    forget: (token) => kept.forget((session) => session.token === token),
  };
}
