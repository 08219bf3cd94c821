import { z } from 'zod';

import type { Store } from '../../../db/sqlite/open-store.ts';
import { loadSetting, removeSetting, writeSetting } from '../store/settings.ts';

const key = 'pairing';

/** What lets a desk in by itself, whoever is signed in: to read, and to send the commands of its people. */
const deskPairing = z.object({ orgId: z.string(), deskToken: z.string() });
export type DeskPairing = z.infer<typeof deskPairing>;

export interface PairingKeeper {
  current(): DeskPairing | null;
  keep(pairing: DeskPairing): void;
  /** Forgets the pairing that has this token; a newer one stays. Says whether there was one to forget. */
  forget(deskToken: string): boolean;
}

/** The pairing in memory and in the store. One that whoever started the desk gave wins, and is not kept here. */
export function openPairingKeeper(store: Store, given: DeskPairing | null): PairingKeeper {
  const kept = loadSetting(store, key);
  let current = given ?? (kept === null ? null : (deskPairing.safeParse(JSON.parse(kept)).data ?? null));
  return {
    current: () => current,
    keep(pairing) {
      writeSetting(store, key, JSON.stringify(pairing));
      current = pairing;
    },
    forget(deskToken) {
      if (current?.deskToken !== deskToken) return false;
      current = null;
      removeSetting(store, key);
      return true;
    },
  };
}
