import type { Change } from '../../core/calendar/calendar.ts';
import { readCursor, type FeedPosition } from '../../core/domain/sync/feed-position.ts';
import type { Query } from '../../db/pg/pool.ts';

/** One change with its position in the feed, and with its patient. */
export interface FeedRow {
  readonly xid: string;
  readonly seq: string;
  readonly change: Change;
}

/** Part of an organization's feed, from one snapshot. */
export interface FeedPart {
  readonly rows: readonly FeedRow[];
  /** The position of a reader that has every row which this snapshot may safely give. */
  readonly head: FeedPosition;
  /** The snapshot's xmax: the id of every transaction so far is below. */
  readonly xmax: string;
  /** The position of the last row that was trimmed. A reader before that position may have missed rows. */
  readonly trimmed: Pick<FeedPosition, 'xid' | 'seq'>;
  /** Rows wait behind a transaction that is still open. */
  readonly withheld: boolean;
  /** How many transaction ids lie between the rows that may be read and the newest; 0 where nothing is withheld. */
  readonly transactionsBehind: number;
}

/** What `feed_page` answers. */
interface Page {
  readonly head: string | null;
  readonly xmin: string;
  readonly xmax: string;
  readonly trimmed: Pick<FeedPosition, 'xid' | 'seq'>;
  readonly withheld: boolean;
  readonly rows: readonly PageRow[];
}

interface PageRow {
  readonly xid: string;
  readonly seq: string;
  readonly entity: Change['entity'];
  readonly entityId: string;
  readonly siteId: string;
  readonly touchesFrom: string;
  readonly touchesUntil: string;
  readonly appointment: Extract<Change, { entity: 'appointment' }>['appointment'];
  readonly patient: Extract<Change, { entity: 'patient' }>['patient'];
}

function changeOf(row: PageRow): Change {
  const { entity, entityId, siteId, touchesFrom, touchesUntil, appointment, patient } = row;
  switch (entity) {
    case 'appointment':
      return { entity, entityId, siteId, touchesFrom, touchesUntil, appointment, patient };
    case 'slots':
      return { entity, entityId, siteId, touchesFrom, touchesUntil };
    case 'patient':
      return { entity, entityId, patient };
    case 'waitlist':
      return { entity, entityId };
  }
}

/**
 * At most `limit` changes after a position in the feed, oldest first: the first ones, or the last ones where `newest`. One
 * statement, and so one snapshot. The feed gives only rows of transactions below every open one: by the sequence alone a
 * reader would miss rows that commit late.
 */
export async function loadFeed(
  sql: Query,
  orgId: string,
  after: Pick<FeedPosition, 'xid' | 'seq'>,
  { limit, newest }: { readonly limit: number; readonly newest: boolean },
): Promise<FeedPart> {
  const [row] = await sql<{ page: Page }[]>`
    select holdfast_api.feed_page(${orgId}, ${after.xid}::text::xid8, ${after.seq}::bigint, ${limit}, ${newest}) as page`;
  const head = readCursor(row?.page.head ?? '');
  if (!row || !head) throw new Error('the organization that asks is gone');
  const { xmin, xmax, trimmed, withheld, rows } = row.page;
  return {
    rows: rows.map((one) => ({ xid: one.xid, seq: one.seq, change: changeOf(one) })),
    head,
    xmax,
    trimmed,
    withheld,
    transactionsBehind: withheld ? Math.max(1, Number(BigInt(xmax) - BigInt(xmin))) : 0,
  };
}
