import type { Transaction } from '../../db/pg/pool.ts';

/** Up to where a reader has everything: rows of (xid, seq) at or below it, of this epoch. Numbers as decimal text. */
export interface FeedPosition {
  readonly epoch: string;
  readonly xid: string;
  readonly seq: string;
}

/** What a snapshot says of the feed: rows below `xmin` can't be joined by any that commit later. */
export interface FeedHead {
  readonly epoch: string;
  readonly xmin: string;
  readonly xmax: string;
}

export function writeCursor({ epoch, xid, seq }: FeedPosition): string {
  return `${epoch}.${xid}.${seq}`;
}

/** The position that a cursor names, or null where it is none of ours. 18 digits always fit into xid8 and bigint. */
export function readCursor(cursor: string): FeedPosition | null {
  const match = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,18})\.(\d{1,18})$/.exec(cursor);
  return match ? { epoch: match[1] ?? '', xid: match[2] ?? '', seq: match[3] ?? '' } : null;
}

/** The position of a reader who has read all that this snapshot may safely give. `seq` begins at 1, so 0 is before all. */
export function positionAt({ epoch, xmin }: FeedHead): FeedPosition {
  return { epoch, xid: xmin, seq: '0' };
}

export async function loadFeedHead(tx: Transaction, orgId: string): Promise<FeedHead> {
  const [head] = await tx<FeedHead[]>`
    select feed_epoch as epoch, pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
      pg_snapshot_xmax(pg_current_snapshot())::text as xmax
    from organizations where org_id = ${orgId}`;
  if (!head) throw new Error('the organization of an open session is gone');
  return head;
}
