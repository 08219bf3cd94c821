import type { DeskDay } from '../../../core/contract/desk/desk-day.ts';
import type { DeskProblem } from '../../../core/contract/problem.ts';
import type { Session } from '../../../core/contract/session.ts';
import { ok, refused, type Result } from '../../../core/domain/terms.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { instantBefore } from '../environment/clock.ts';
import type { DeskClock } from '../environment/clock.ts';
import { notKept, unintelligible } from '../problems/problem.ts';
import type { StatusKeeper } from '../status/status-keeper.ts';
import { loadHeldDay, touchDay, type HeldDay } from '../store/held-days.ts';
import { loadUndecided } from '../store/outbox.ts';
import type { LiveSync } from '../sync/live-sync.ts';
import { asSeenBy, deskDayOf } from './overlaid-day.ts';
import type { DayOfSite, DayReader } from './read-days.ts';

/** What an answered day is made with. */
export interface DayParts {
  readonly store: Store;
  readonly status: StatusKeeper;
  readonly reader: DayReader;
  readonly live: Pick<LiveSync, 'isCurrent'>;
  readonly clock: DeskClock;
}

/** A day that is looked at stays held; to note it once an hour is enough. */
const notedEveryMs = 3_600_000;

/**
 * A day from the disk where it is held and the feed keeps it current, or nobody answers; else from the server, and held from
 * then on.
 */
export async function answerDay(
  parts: DayParts,
  session: Session,
  day: DayOfSite,
): Promise<Result<DeskDay, DeskProblem>> {
  const { store, status, reader, clock } = parts;
  const { orgId } = session.person;
  const isOffline = () => status.current().connection === 'offline';
  let held = loadHeldDay(store, orgId, day.siteId, day.date);
  const seesPatients = session.person.permissions.includes('read-patients');
  const isEnough = held && held.stale === 0 && (held.withPatients || !seesPatients);
  if (!isEnough && !isOffline()) {
    const reply = await reader.read(orgId, day);
    if (reply.kind === 'problem') return refused(reply.problem);
    if (reply.kind === 'unintelligible' && !held) return refused(unintelligible());
    held = loadHeldDay(store, orgId, day.siteId, day.date);
  }
  if (!held) return refused(notKept());
  const now = clock.instant();
  if (held.lookedAt < instantBefore(now, notedEveryMs)) touchDay(store, orgId, day.siteId, day.date, now);
  return ok(asSeenBy(deskDayOf(held.view, loadUndecided(store, orgId), asOf(parts, held)), session));
}

function asOf({ live, status }: DayParts, { stale, confirmedAt }: HeldDay): string | null {
  if (stale > 0) return confirmedAt;
  if (live.isCurrent()) return null;
  const { caughtUpAt } = status.current();
  return caughtUpAt !== null && caughtUpAt > confirmedAt ? caughtUpAt : confirmedAt;
}
