/** A place in the feed of one epoch: its reader has every row whose (xid, seq) is at or below. Numbers are decimal text. */
export interface FeedPosition {
  readonly epoch: string;
  readonly xid: string;
  readonly seq: string;
}

export function writeCursor({ epoch, xid, seq }: FeedPosition): string {
  return `${epoch}.${xid}.${seq}`;
}

/** The position that a cursor names; null for any other text. 18 digits always fit into xid8 and bigint. */
export function readCursor(cursor: string): FeedPosition | null {
  const match = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,18})\.(\d{1,18})$/.exec(cursor);
  return match ? { epoch: match[1] ?? '', xid: match[2] ?? '', seq: match[3] ?? '' } : null;
}

/** Compares two positions of one epoch: below 0 where `a` comes before `b`, 0 where they are equal, above 0 otherwise. */
export function comparePositions(a: Pick<FeedPosition, 'xid' | 'seq'>, b: Pick<FeedPosition, 'xid' | 'seq'>): number {
  const difference = BigInt(a.xid) - BigInt(b.xid) || BigInt(a.seq) - BigInt(b.seq);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** Whether a reader at `position` misses nothing when it reads on from `start`. */
export function hasAllBefore(position: FeedPosition, start: FeedPosition): boolean {
  return position.epoch === start.epoch && comparePositions(start, position) <= 0;
}
