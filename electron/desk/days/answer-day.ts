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

/** What a day's answer is made of. */
export interface DayParts {
  readonly store: Store;
  readonly status: StatusKeeper;
  readonly reader: DayReader;
  readonly live: Pick<LiveSync, 'isCurrent'>;
  readonly clock: DeskClock;
}

/** `looked_at` keeps a day held for a week, so one write an hour is enough. */
const notedEveryMs = 3_600_000;

/**
 * Reads a day from the disk where the desk holds it and the feed keeps it current, or where the server does not answer. Else
 * reads the day from the server, and the desk holds it from then on. `date` is a date in the zone of the site.
 * Refuses with `not-kept` a day that is not held while the server is silent, and with what the server refuses.
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
