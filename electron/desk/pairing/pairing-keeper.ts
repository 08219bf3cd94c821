import { z } from 'zod';

import type { Store } from '../../../db/sqlite/open-store.ts';
import { openKeptSetting } from '../store/kept-setting.ts';

/**
 * The desk's own token. With it the desk reads, and sends the commands of all its people, whether or not a person is signed
 * in.
 */
const deskPairing = z.object({ orgId: z.string(), deskToken: z.string(), isDemo: z.boolean() });
export type DeskPairing = z.infer<typeof deskPairing>;

export interface PairingKeeper {
  current(): DeskPairing | null;
  keep(pairing: DeskPairing): void;
  /** Forgets the pairing that has this token; a newer pairing stays. Returns whether there was one to forget. */
  forget(deskToken: string): boolean;
}

/**
 * Keeps the pairing in memory and in the store. A `given` pairing wins over the stored one, and is not written to the store.
 */
export function openPairingKeeper(store: Store, given: DeskPairing | null): PairingKeeper {
  const kept = openKeptSetting(store, 'pairing', deskPairing, given);
  return {
    current: kept.current,
    keep: kept.keep,
    forget: (deskToken) => kept.forget((pairing) => pairing.deskToken === deskToken),
  };
}
