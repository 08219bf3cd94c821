import { existsSync } from 'node:fs';
import path from 'node:path';

import { v7 as uuidv7 } from 'uuid';

import { isDamage, openStore } from '../../../db/sqlite/open-store.ts';
import type { StoreKey } from '../keys/key-keeper.ts';
import { loadDeskId } from '../store/settings.ts';

/**
 * Finds the id of a desk that has no desk.json yet: the id in its store, which its commands carry. A desk without a store, or
 * with a damaged one, gets a new id (UUIDv7).
 */
export function findDeskId(dataDir: string, key: StoreKey): string {
  const file = path.join(dataDir, 'desk.sqlite');
  if (!existsSync(file)) return uuidv7();
  try {
    const store = openStore(file, key);
    try {
      return loadDeskId(store);
    } finally {
      store.client.close();
    }
  } catch (error) {
    if (isDamage(error)) return uuidv7();
    throw error;
  }
}
