import type { CalendarChange, Changes } from '../../core/contract/calendar.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { withSnapshot } from '../../db/pg/with-snapshot.ts';
import {
  loadFeedHead,
  positionAt,
  readCursor,
  writeCursor,
  type FeedHead,
  type FeedPosition,
} from './feed-position.ts';

const mostRows = 500;

/** Of a patient's row, site and stretch of time are null. */
type Row = Pick<Changes['changes'][number], 'entity' | 'entityId'> &
  Omit<CalendarChange, 'entity' | 'entityId'> & { readonly xid: string; readonly seq: string };

export interface LoadedChanges {
  readonly changes: Changes;
  /** How many transaction ids lie between what may be read and what is committed; 0 when nothing is withheld. */
  readonly transactionsBehind: number;
}

/** A cursor of another epoch, or ahead of every transaction that there has been, is of a timeline that was lost. */
function isOfThisTimeline(position: FeedPosition, head: FeedHead): boolean {
  return position.epoch === head.epoch && BigInt(position.xid) <= BigInt(head.xmax);
}

/**
 * The organization's changes after a cursor, oldest first, at most 500, all from one snapshot. A sequence alone would
 * lose rows that commit late, so only those of transactions below every open one are given; `withheld` says that more
 * are there, be it behind an open transaction or behind the 500. A cursor that is not of this feed has `reset`.
 */
export async function loadChanges(pool: Pool, orgId: string, cursor: string): Promise<LoadedChanges> {
  const from = readCursor(cursor);
  return withSnapshot(pool, orgId, async (tx) => {
    // Ordered by the table's columns: the bare names are the texts, and '10' comes before '9'.
    const [head, rows, [waiting]] = await Promise.all([
      loadFeedHead(tx, orgId),
      from === null
        ? []
        : tx<Row[]>`
          select xid::text as xid, seq::text as seq, entity, entity_id as "entityId", site_id as "siteId",
            rfc3339(touches_from) as "touchesFrom", rfc3339(touches_until) as "touchesUntil"
          from changes c
          where org_id = ${orgId} and (xid, seq) > (${from.xid}::xid8, ${from.seq}::bigint)
            and xid < pg_snapshot_xmin(pg_current_snapshot())
          order by c.xid, c.seq limit ${mostRows + 1}`,
      tx<{ withheld: boolean }[]>`
        select exists (select from changes where org_id = ${orgId}
          and xid >= pg_snapshot_xmin(pg_current_snapshot())) as withheld`,
    ]);
    const withheld = waiting?.withheld === true;
    const transactionsBehind = withheld ? Math.max(1, Number(BigInt(head.xmax) - BigInt(head.xmin))) : 0;
    if (from === null || !isOfThisTimeline(from, head)) {
      const changes = { cursor: writeCursor(positionAt(head)), reset: true, withheld, changes: [] };
      return { changes, transactionsBehind };
    }
    const given = rows.slice(0, mostRows);
    const last = rows.length > mostRows ? given.at(-1) : undefined;
    const reached = last ? { epoch: head.epoch, xid: last.xid, seq: last.seq } : laterOf(from, positionAt(head));
    return {
      changes: {
        cursor: writeCursor(reached),
        reset: false,
        withheld: withheld || last !== undefined,
        changes: given.map(changeOf),
      },
      transactionsBehind,
    };
  });
}

function changeOf({ xid: _xid, seq: _seq, entity, ...change }: Row): Changes['changes'][number] {
  return entity === 'patient' ? { entity, entityId: change.entityId } : { entity, ...change };
}

/** A replica may be behind the server that gave the cursor: a reader never goes back. */
function laterOf(a: FeedPosition, b: FeedPosition): FeedPosition {
  return BigInt(a.xid) >= BigInt(b.xid) ? a : b;
}
