import { comparePositions, type FeedPosition } from '../../core/domain/sync/feed-position.ts';
import type { Query } from '../../db/pg/pool.ts';
import { loadFeed, type FeedPart } from './load-feed.ts';

/** The newest part of a feed: every row after `from` that its snapshot may safely give. */
export interface FeedTail extends FeedPart {
  readonly from: Pick<FeedPosition, 'xid' | 'seq'>;
}

/** A desk that was away for longer asks the database for what came before. */
const mostRows = 2_000;
const beforeAll = { xid: '0', seq: '0' };

/**
 * The tail of now: what came since `last` and, of what that one has, as much as there is room for. Begins anew without one;
 * after a restore, when the feed is another or ends before the old tail does; and where rows were trimmed that `last` never
 * had.
 */
export async function loadTail(sql: Query, orgId: string, last: FeedTail | null): Promise<FeedTail> {
  const part = await loadFeed(sql, orgId, last?.head ?? beforeAll, { limit: mostRows + 1, newest: true });
  const isFurther = last !== null && last.head.epoch === part.head.epoch && comparePositions(last.head, part.head) <= 0;
  const isGapless = last === null || comparePositions(part.trimmed, last.head) <= 0;
  if (last !== null && !(isFurther && isGapless)) return loadTail(sql, orgId, null);
  const isWhole = part.rows.length <= mostRows;
  const known = last !== null && isWhole ? last : { rows: [], from: part.trimmed };
  const rows = [...known.rows, ...part.rows];
  const dropped = rows.length - mostRows;
  return { ...part, rows: rows.slice(-mostRows), from: dropped > 0 ? (rows[dropped - 1] ?? part.trimmed) : known.from };
}
