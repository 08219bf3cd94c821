/** Up to where a reader has the feed: every row of (xid, seq) at or below it, of this epoch. Numbers as decimal text. */
export interface FeedPosition {
  readonly epoch: string;
  readonly xid: string;
  readonly seq: string;
}

export function writeCursor({ epoch, xid, seq }: FeedPosition): string {
  return `${epoch}.${xid}.${seq}`;
}

/** The position that a cursor names, or null where it is none of ours. 18 digits always fit into xid8 and bigint. */
export function readCursor(cursor: string): FeedPosition | null {
  const match = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,18})\.(\d{1,18})$/.exec(cursor);
  return match ? { epoch: match[1] ?? '', xid: match[2] ?? '', seq: match[3] ?? '' } : null;
}

/** Below 0 where `a` comes before `b`, 0 where they are the same place, above 0 otherwise. Both are of one epoch. */
export function comparePositions(a: Pick<FeedPosition, 'xid' | 'seq'>, b: Pick<FeedPosition, 'xid' | 'seq'>): number {
  const difference = BigInt(a.xid) - BigInt(b.xid) || BigInt(a.seq) - BigInt(b.seq);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** Whether a reader who stands at `position` misses nothing by reading on from `start`. */
export function hasAllBefore(position: FeedPosition, start: FeedPosition): boolean {
  return position.epoch === start.epoch && comparePositions(start, position) <= 0;
}
