import type { Store } from '../../../db/sqlite/open-store.ts';
import { loadSetting, writeSetting } from '../store/settings.ts';

const key = 'has-had-people';

/** Whether anybody has ever signed in at this desk. Until then it belongs to whoever sets it up. */
export function hasHadPeople(store: Store): boolean {
  return loadSetting(store, key) !== null;
}

export function noteFirstPerson(store: Store): void {
  if (!hasHadPeople(store)) writeSetting(store, key, 'yes');
}
