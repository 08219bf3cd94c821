import {
  comparePositions,
  readCursor,
  writeCursor,
  type FeedPosition,
} from '../../../core/domain/sync/feed-position.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { loadSetting, writeSetting } from './settings.ts';

const keyOf = (orgId: string) => `cursor:${orgId}`;

/** Up to where the desk has the organization's feed; null: it never read it. */
export function loadPosition(store: Store, orgId: string): FeedPosition | null {
  const text = loadSetting(store, keyOf(orgId));
  return text === null ? null : readCursor(text);
}

export function writePosition(store: Store, orgId: string, position: FeedPosition): void {
  writeSetting(store, keyOf(orgId), writeCursor(position));
}

/** What was just read stands here: where that is behind the feed as it was read, the feed is read on from here. */
export function goBackTo(store: Store, orgId: string, position: FeedPosition): void {
  const stored = loadPosition(store, orgId);
  if (!stored || (stored.epoch === position.epoch && comparePositions(position, stored) < 0))
    writePosition(store, orgId, position);
}
