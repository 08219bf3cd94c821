import { comparePositions, type FeedPosition } from '../../core/domain/sync/feed-position.ts';
import type { Query } from '../../db/pg/pool.ts';
import { loadFeed, type FeedPart } from './load-feed.ts';

/** The newest part of a feed: every row after `from` that its snapshot may safely give. */
export interface FeedTail extends FeedPart {
  readonly from: Pick<FeedPosition, 'xid' | 'seq'>;
}

/** How many rows a tail holds at most. The database answers a desk that is further behind. */
const maxRows = 2_000;
const beforeAll = { xid: '0', seq: '0' };

/**
 * The tail as of now: the rows since `last`, and as many of the rows of `last` as there is room for. The tail begins anew
 * where `last` is null; after a restore, when the epoch differs or the feed ends before `last` does; and where rows were
 * trimmed that `last` does not have.
 */
export async function loadTail(sql: Query, orgId: string, last: FeedTail | null): Promise<FeedTail> {
  const part = await loadFeed(sql, orgId, last?.head ?? beforeAll, { limit: maxRows + 1, newest: true });
  const isFurther = last !== null && last.head.epoch === part.head.epoch && comparePositions(last.head, part.head) <= 0;
  const isGapless = last === null || comparePositions(part.trimmed, last.head) <= 0;
  if (last !== null && !(isFurther && isGapless)) return loadTail(sql, orgId, null);
  const isWhole = part.rows.length <= maxRows;
  const known = last !== null && isWhole ? last : { rows: [], from: part.trimmed };
  const rows = [...known.rows, ...part.rows];
  const dropped = rows.length - maxRows;
  return { ...part, rows: rows.slice(-maxRows), from: dropped > 0 ? (rows[dropped - 1] ?? part.trimmed) : known.from };
}
