import { decidedKeptDays, lookedAtKeptDays, searchedKeptDays } from '../../../core/domain/sync/desk-keeping.ts';
import { subtract } from '../../../core/domain/time/interval.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { instantBefore } from '../environment/clock.ts';
import type { DeskHooks } from '../environment/hooks.ts';
import { defaultTimers, type DeskTimers } from '../environment/timers.ts';
import { loadHeldStretches } from '../store/held-days.ts';
import { calendarWritten } from '../store/kept-in-memory.ts';
import { inTransaction, prepared } from '../store/prepared.ts';

const dayMs = 86_400_000;
const rowsAtOnce = 300;

export interface PruneOptions {
  readonly store: Store;
  readonly orgId: string;
  /** RFC 3339, UTC. */
  readonly now: string;
  /** The dates of the window, and its site. Null: the desk has no home site. */
  readonly kept: { readonly siteId: string; readonly dates: readonly string[] } | null;
  readonly hooks: DeskHooks;
  readonly timers?: DeskTimers;
}

/**
 * Deletes what the desk no longer needs: days outside of the window that no person looked at for a week, visits of no held
 * day, patients without a visit whom no search found for a month, and commands that were decided two weeks ago. Deletes in
 * parts, so that the page's calls are answered in between.
 */
export async function prune(options: PruneOptions): Promise<void> {
  const { store, hooks, timers: { nextTurn } = defaultTimers } = options;
  pruneDaysAndCommands(options);
  await hooks.pruned?.();
  for (const part of [...partsOfVisits(options), ...partsOfPatients(options)]) {
    while (part() === rowsAtOnce) {
      await hooks.pruned?.();
      await nextTurn();
    }
    calendarWritten(store);
    await nextTurn();
  }
}

function pruneDaysAndCommands({ store, orgId, now, kept }: PruneOptions): void {
  calendarWritten(store);
  inTransaction(store, () => {
    prepared(
      store,
      `delete from held_days where org_id = ? and looked_at < ?
         and not (site_id = ? and date in (select value from json_each(?)))`,
    ).run(orgId, instantBefore(now, lookedAtKeptDays * dayMs), kept?.siteId ?? '', JSON.stringify(kept?.dates ?? []));
    prepared(
      store,
      "delete from outbox where org_id = ? and state in ('confirmed', 'resolved') and decided_at < ?",
    ).run(orgId, instantBefore(now, decidedKeptDays * dayMs));
  });
}

/** All time, in quarters. */
const always = { start: Number.MIN_SAFE_INTEGER, end: Number.MAX_SAFE_INTEGER };

/** Deletes by the stretches between the held days of each site: an index finds them, and visits of held days are not read. */
function partsOfVisits({ store, orgId }: PruneOptions): (() => number)[] {
  const held = loadHeldStretches(store, orgId);
  const siteIds = prepared<[string], string>(store, 'select distinct site_id from appointments where org_id = ?')
    .pluck()
    .all(orgId);
  return siteIds.flatMap((siteId) =>
    subtract(
      [always],
      held.filter((day) => day.siteId === siteId),
    ).map(
      ({ start, end }) =>
        () =>
          prepared(
            store,
            `delete from appointments where (org_id, appointment_id) in (
               select org_id, appointment_id from appointments
               where org_id = ? and site_id = ? and starts_at >= ? and starts_at < ? and ends_at <= ?
               limit ${rowsAtOnce})`,
          ).run(orgId, siteId, start, end, end).changes,
    ),
  );
}

/** Deletes a range of row numbers at a time, because each patient is looked up among the visits. */
function partsOfPatients({ store, orgId, now }: PruneOptions): (() => number)[] {
  const searchedAt = instantBefore(now, searchedKeptDays * dayMs);
  const last = prepared<[], number>(store, 'select coalesce(max(number), 0) from patients').pluck().get() ?? 0;
  return Array.from({ length: Math.ceil(last / rowsAtOnce) }, (_, part) => () => {
    prepared(
      store,
      `delete from patients
       where number > ? and number <= ? and org_id = ? and coalesce(searched_at, '') < ?
         and not exists (
           select 1 from appointments a where a.org_id = patients.org_id and a.patient_id = patients.patient_id)
         and not exists (
           select 1 from outbox o where o.org_id = patients.org_id and o.state in ('saved', 'sent', 'refused')
             and o.patient ->> '$.patientId' = patients.patient_id)`,
    ).run(part * rowsAtOnce, (part + 1) * rowsAtOnce, orgId, searchedAt);
    return 0;
  });
}
