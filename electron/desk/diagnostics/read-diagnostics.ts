import { release } from 'node:os';

import { protocol } from '../../../core/primitives/protocol.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { instantBefore } from '../environment/clock.ts';
import type { DeskClock } from '../environment/clock.ts';
import type { DeskTiming } from '../environment/timing.ts';
import type { PairingKeeper } from '../pairing/pairing-keeper.ts';
import type { SessionKeeper } from '../sessions/session-keeper.ts';
import type { StatusKeeper } from '../status/status-keeper.ts';
import { loadPosition } from '../store/cursor.ts';
import { prepared } from '../store/prepared.ts';
import type { LiveSync } from '../sync/live-sync.ts';
import type { Faults } from './faults.ts';

/** The parts that the diagnostics describe. */
export interface DiagnosticsParts {
  readonly serverUrl: string;
  readonly deskId: string;
  readonly store: Store;
  readonly sessions: SessionKeeper;
  readonly pairings: PairingKeeper;
  readonly live: Pick<LiveSync, 'isCurrent'>;
  readonly status: StatusKeeper;
  readonly clock: DeskClock;
  readonly timing: DeskTiming;
  readonly faults: Faults;
}

/**
 * Makes the report that support needs: versions, settings, counts, times, faults. It has nothing that a person typed, no
 * names, no patients or ids of patients, and no tokens. `text` is JSON; its times are RFC 3339 in UTC.
 */
export function diagnosticsOf(parts: DiagnosticsParts): { fileName: string; text: string } {
  const { store, status, clock, serverUrl, deskId, pairings, sessions, live, timing, faults } = parts;
  const now = clock.instant();
  const orgId = pairings.current()?.orgId ?? sessions.current()?.person.orgId ?? '';
  const one = (sql: string, ...given: string[]) =>
    prepared<unknown[], number>(store, sql)
      .pluck()
      .get(...given);
  const pragma = (name: string) => store.client.pragma(name, { simple: true });
  const diagnostics = {
    at: now,
    protocol,
    versions: {
      node: process.versions.node,
      electron: process.versions['electron'] ?? null,
      sqlite: sqliteVersion(parts),
    },
    system: { platform: process.platform, arch: process.arch, release: release() },
    desk: {
      deskId,
      orgId,
      server: new URL(serverUrl).origin,
      isPaired: pairings.current() !== null,
      role: sessions.current()?.person.role ?? null,
      isCurrent: live.isCurrent(),
      timing,
    },
    status: status.current(),
    feed: loadPosition(store, orgId),
    store: {
      schema: pragma('user_version'),
      bytes: (pragma('page_count') as number) * (pragma('page_size') as number),
      journal: pragma('journal_mode'),
      heldDays: one('select count(*) from held_days where org_id = ?', orgId),
      staleDays: one('select count(*) from held_days where org_id = ? and stale > 0', orgId),
      firstDay: one('select min(date) from held_days where org_id = ?', orgId),
      lastDay: one('select max(date) from held_days where org_id = ?', orgId),
      appointments: one('select count(*) from appointments where org_id = ?', orgId),
      patients: one('select count(*) from patients where org_id = ?', orgId),
    },
    outbox: prepared<[string], object>(
      store,
      `select type, state, count(*) as count, min(made_at) as "firstMadeAt", max(made_at) as "lastMadeAt",
         sum(after_command_id is not null) as "withParent", sum(follows_command_id is not null) as "followers"
       from outbox where org_id = ? group by type, state order by type, state`,
    ).all(orgId),
    refusals: prepared<[string, string], object>(
      store,
      `select problem ->> '$.code' as code, count(*) as count from outbox
       where org_id = ? and problem is not null and decided_at > ? group by 1 order by 1`,
    ).all(orgId, instantBefore(now, 86_400_000)),
    faults: faults.list(),
  };
  const stamp = now.slice(0, 19).replaceAll(/[-:]/g, '');
  return { fileName: `holdfast-diagnostics-${stamp}.json`, text: `${JSON.stringify(diagnostics, null, 2)}\n` };
}

function sqliteVersion({ store }: DiagnosticsParts): string {
  return (
    prepared<[], string>(store, "select sqlite_version() || ', cipher ' || sqlite3mc_version()").pluck().get() ?? ''
  );
}
