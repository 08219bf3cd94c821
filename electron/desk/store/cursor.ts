import {
  comparePositions,
  readCursor,
  writeCursor,
  type FeedPosition,
} from '../../../core/domain/sync/feed-position.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { loadSetting, writeSetting } from './settings.ts';

const keyOf = (orgId: string) => `cursor:${orgId}`;

/** The position up to which the desk has read the organization's feed; null: the desk never read it. */
export function loadPosition(store: Store, orgId: string): FeedPosition | null {
  const text = loadSetting(store, keyOf(orgId));
  return text === null ? null : readCursor(text);
}

export function writePosition(store: Store, orgId: string, position: FeedPosition): void {
  writeSetting(store, keyOf(orgId), writeCursor(position));
}

const caughtUpKeyOf = (orgId: string) => `caught-up-at:${orgId}`;

/** When the desk last had the whole feed of the organization, by the desk's clock (RFC 3339, UTC); null: never. */
export function loadCaughtUpAt(store: Store, orgId: string): string | null {
  return loadSetting(store, caughtUpKeyOf(orgId));
}

export function writeCaughtUpAt(store: Store, orgId: string, caughtUpAt: string): void {
  writeSetting(store, caughtUpKeyOf(orgId), caughtUpAt);
}

/** Sets the feed back to the position of a snapshot that was just read, where that is behind the stored position. */
export function goBackTo(store: Store, orgId: string, position: FeedPosition): void {
  const stored = loadPosition(store, orgId);
  if (!stored || (stored.epoch === position.epoch && comparePositions(position, stored) < 0))
    writePosition(store, orgId, position);
}
