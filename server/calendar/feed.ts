import type { Change, Changes } from '../../core/calendar/calendar.ts';
import { maxNewsChanges, maxPulledChanges } from '../../core/domain/sync/feed-limits.ts';
import { comparePositions, readCursor, writeCursor, type FeedPosition } from '../../core/domain/sync/feed-position.ts';
import type { Query } from '../../db/pg/pool.ts';
import type { Metrics } from '../observe/metrics.ts';
import { loadTail, type FeedTail } from './feed-tail.ts';
import { loadFeed, type FeedPart, type FeedRow } from './load-feed.ts';

/** The change feed, as desks pull it. */
export interface Feed {
  /**
   * The organization's changes after a cursor, oldest first, at most 500. `withheld`: more changes exist, behind an open
   * transaction or behind the 500. `reset`: the cursor is not of this feed, or lies before the rows that were trimmed.
   * Without `withPatients` every `patient` is null.
   */
  pull(orgId: string, cursor: string, withPatients: boolean): Promise<Changes>;
  /**
   * The answer to a pull from `cursor`, where it has at most 50 changes and all of them are in memory; else `changes` is
   * null. Makes no query that the next pull would not make. `head` is the cursor from which to ask next.
   */
  news(orgId: string, cursor: string, withPatients: boolean): Promise<{ head: string; changes: Changes | null }>;
  /** Something changed in the organization; null: perhaps in every one. Later pulls and news include the change. */
  touch(orgId: string | null): void;
}

export interface FeedOptions {
  /** Runs the feed's statements. */
  readonly pool: Query;
  readonly metrics?: Metrics | undefined;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: (() => number) | undefined;
}

/** How long a tail counts as current without a poke: a poke may be lost. */
const freshMs = 1_000;
/** How long a tail counts as current while rows wait behind a transaction: not every transaction pokes when it ends. */
const freshWhenWithheldMs = 50;
/** An organization that nobody asked about for this long leaves the memory. */
const forgottenMs = 600_000;

/** What the feed keeps of one organization. `touches` counts the calls of `touch`. */
interface Kept {
  touches: number;
  usedAt: number;
  last: { readonly tail: FeedTail; readonly touches: number; readonly at: number } | null;
  running: { readonly tail: Promise<FeedTail>; readonly touches: number } | null;
}

/**
 * Keeps the newest part (the tail) of each organization's feed in memory. After a poke all desks pull at once and want the
 * same few rows, so one query brings the tail up to date, whatever the number of desks. The tail is only a cache: the
 * database answers a desk whose cursor lies before it or beyond it.
 */
export function openFeed({ pool, metrics, now = () => performance.now() }: FeedOptions): Feed {
  const organizations = new Map<string, Kept>();

  function keptOf(orgId: string): Kept {
    const kept = organizations.get(orgId) ?? { touches: 0, usedAt: 0, last: null, running: null };
    kept.usedAt = now();
    organizations.set(orgId, kept);
    return kept;
  }

  function forgetUnused(): void {
    for (const [orgId, kept] of organizations) {
      if (kept.usedAt + forgottenMs < now() && !kept.running) organizations.delete(orgId);
    }
  }

  const counted: Query = (text, ...values) => {
    metrics?.feedQueried();
    return pool(text, ...values);
  };

  function start(orgId: string, kept: Kept): Promise<FeedTail> {
    forgetUnused();
    const { touches } = kept;
    const at = now();
    const load = async () => {
      try {
        const tail = await loadTail(counted, orgId, kept.last?.tail ?? null);
        kept.last = { tail, touches, at };
        return tail;
      } finally {
        kept.running = null;
      }
    };
    const tail = load();
    kept.running = { tail, touches };
    return tail;
  }

  /** A tail whose query began after every touch so far. */
  async function currentTail(orgId: string): Promise<FeedTail> {
    const kept = keptOf(orgId);
    const wanted = kept.touches;
    for (;;) {
      const { running, last } = kept;
      if (running && running.touches >= wanted) return running.tail;
      if (!running) {
        const isFresh = last && now() - last.at < (last.tail.withheld ? freshWhenWithheldMs : freshMs);
        return isFresh && last.touches >= wanted ? last.tail : start(orgId, kept);
      }
      await running.tail.catch(() => {});
    }
  }

  return {
    touch(orgId) {
      for (const kept of orgId === null ? organizations.values() : [organizations.get(orgId)]) {
        if (kept) kept.touches++;
      }
    },
    async pull(orgId, cursor, withPatients) {
      const from = readCursor(cursor);
      let tail = await currentTail(orgId);
      // The desk may have read further from another server, or have the cursor of a day that is newer than the tail.
      if (from !== null && (from.epoch !== tail.head.epoch || comparePositions(from, tail.head) > 0)) {
        keptOf(orgId).touches++;
        tail = await currentTail(orgId);
      }
      metrics?.feedPulled(tail.transactionsBehind);
      if (from === null || !isOfThisTimeline(from, tail)) return resetTo(tail);
      if (comparePositions(from, tail.from) >= 0) {
        return changesAfter(from, { ...tail, rows: rowsAfter(tail.rows, from) }, withPatients);
      }
      const part = await loadFeed(counted, orgId, from, { limit: maxPulledChanges + 1, newest: false });
      // What was trimmed is known from the snapshot that shows the rows: a look before it could miss a trim in between.
      if (comparePositions(from, part.trimmed) < 0) return resetTo(part);
      return changesAfter(from, part, withPatients);
    },
    async news(orgId, cursor, withPatients) {
      const tail = await currentTail(orgId);
      const from = readCursor(cursor);
      const rows = from && isWithin(from, tail) ? rowsAfter(tail.rows, from) : null;
      if (!from || !rows || rows.length > maxNewsChanges) return { head: writeCursor(tail.head), changes: null };
      const changes = changesAfter(from, { ...tail, rows }, withPatients);
      return { head: changes.cursor, changes };
    },
  };
}

/** The answer by which a reader reads everything anew, and then goes on from the head. */
function resetTo({ head, withheld }: FeedPart): Changes {
  return { cursor: writeCursor(head), reset: true, withheld, changes: [] };
}

/** Whether a cursor is of this timeline. One of another epoch, or beyond every transaction, is of a timeline that was lost. */
function isOfThisTimeline(position: FeedPosition, { head, xmax }: FeedPart): boolean {
  return position.epoch === head.epoch && BigInt(position.xid) <= BigInt(xmax);
}

function isWithin(position: FeedPosition, tail: FeedTail): boolean {
  const { from, head } = tail;
  return (
    isOfThisTimeline(position, tail) && comparePositions(from, position) <= 0 && comparePositions(position, head) <= 0
  );
}

function rowsAfter(rows: readonly FeedRow[], position: FeedPosition): readonly FeedRow[] {
  const last = rows.findLastIndex((row) => comparePositions(row, position) <= 0);
  return rows.slice(last + 1);
}

function changesAfter(from: FeedPosition, { rows, head, withheld }: FeedPart, withPatients: boolean): Changes {
  const given = rows.slice(0, maxPulledChanges);
  const last = rows.length > maxPulledChanges ? given.at(-1) : undefined;
  // A cursor never goes back.
  const reached = last ?? (comparePositions(from, head) > 0 ? from : head);
  return {
    cursor: writeCursor({ epoch: from.epoch, xid: reached.xid, seq: reached.seq }),
    reset: false,
    withheld: withheld || last !== undefined,
    changes: given.map(({ change }) => (withPatients ? change : withoutPatient(change))),
  };
}

function withoutPatient(change: Change): Change {
  return 'patient' in change ? { ...change, patient: null } : change;
}
