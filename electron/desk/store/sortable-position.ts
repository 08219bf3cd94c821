import type { FeedPosition } from '../../../core/domain/sync/feed-position.ts';

/** Writes a position in the feed as a text. SQLite sorts these texts as the positions of one epoch are sorted. */
export function sortableOf({ xid, seq }: Pick<FeedPosition, 'xid' | 'seq'>): string {
  return `${xid.padStart(18, '0')}.${seq.padStart(18, '0')}`;
}

/** Reads a text that `sortableOf` wrote. */
export function positionOf(epoch: string, sortable: string): FeedPosition {
  const [xid = '0', seq = '0'] = sortable.split('.').map((part) => part.replace(/^0+(?=.)/, ''));
  return { epoch, xid, seq };
}
