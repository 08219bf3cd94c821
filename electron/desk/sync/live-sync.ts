import type { Changes, News, Site } from '../../../core/calendar/calendar.ts';
import { writeCursor } from '../../../core/domain/sync/feed-position.ts';
import { protocol } from '../../../core/primitives/protocol.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { DeskClock } from '../environment/clock.ts';
import type { DeskHooks } from '../environment/hooks.ts';
import type { DeskTimers } from '../environment/timers.ts';
import type { DeskTiming } from '../environment/timing.ts';
import type { DeskEvents } from '../events/page-events.ts';
import type { Signals } from '../events/signals.ts';
import type { Reply } from '../line/reply.ts';
import type { DeskServer } from '../line/server.ts';
import type { StatusKeeper } from '../status/status-keeper.ts';
import type { Stretch } from '../store/appointments.ts';
import { loadPosition } from '../store/cursor.ts';
import { loadHeldStretches } from '../store/held-days.ts';
import { applyChanges, type Applied } from './apply-changes.ts';
import { followChanges } from './follow-changes.ts';
import { openChangePuller, type ChangePuller } from './pull-changes.ts';
import { touchedDays } from './touched-days.ts';

/** The organization whose calendar the desk keeps current, and the home site, of which it keeps days beforehand. */
export interface Following {
  readonly orgId: string;
  readonly sites: readonly Site[];
  readonly home: Site | null;
}

export interface LiveSyncOptions {
  readonly store: Store;
  readonly server: DeskServer;
  readonly signals: Signals;
  readonly events: DeskEvents;
  readonly status: StatusKeeper;
  readonly clock: DeskClock;
  readonly timing: DeskTiming;
  readonly timers: DeskTimers;
  readonly random: () => number;
  readonly hooks: DeskHooks;
  readonly onFailure: (error: unknown) => void;
}

export interface LiveSync {
  /** Follows an organization's feed instead of the one before. Null: follows nothing. */
  follow(following: Following | null): void;
  following(): Following | null;
  /** Pulls now, which also shows whether the server is there. Resolves with whether it answered. */
  check(): Promise<boolean>;
  /** Whether the desk has the whole feed, as far as it knows. */
  isCurrent(): boolean;
  /** Follows nothing any more, and waits for the answer that is being applied. */
  close(): Promise<void>;
  /** Tells the page which days changed. Dates are in the zone of each site. */
  tellDays(touched: readonly Stretch[]): void;
}

/** Keeps the held days current by the change feed, and tells the page what changed. */
export function openLiveSync(options: LiveSyncOptions): LiveSync {
  const { store, server, signals, events, status, clock, timing, timers, random, hooks } = options;
  let stop: AbortController | null = null;
  let stream: AbortController | null = null;
  let puller: ChangePuller | null = null;
  let followed: Following | null = null;
  let current = false;
  let ended: Promise<unknown> = Promise.resolve();

  function becomes(isCurrent: boolean): void {
    if (current === isCurrent) return;
    current = isCurrent;
    // The `asOf` of every day changes with it.
    events.emit({ type: 'everything-changed' });
  }

  async function takeAnswer(orgId: string, news: News, isLast: boolean): Promise<boolean> {
    const caughtUpAt = isLast && !news.changes.withheld ? clock.instant() : null;
    const applied = await take(orgId, news, caughtUpAt);
    if (!applied) return false;
    status.change({ mismatch: null, ...(caughtUpAt !== null && !applied.reset && { caughtUpAt }) });
    tell(applied);
    if (isLast) becomes(true);
    return true;
  }

  /**
   * Applies changes that came with a poke. They may have been under way for long, so they prove neither that the server is
   * there nor that the desk has everything up to now.
   */
  async function takeNews(orgId: string, news: News): Promise<boolean> {
    const applied = current ? await take(orgId, news, null) : null;
    if (applied) tell(applied);
    return applied !== null;
  }

  async function take(orgId: string, news: News, caughtUpAt: string | null): Promise<Applied | null> {
    await hooks.pulled?.();
    const applied = applyChanges(store, orgId, { ...news, caughtUpAt });
    if (applied) await hooks.applied?.();
    return applied;
  }

  function tell(applied: Applied): void {
    if (applied.otherHistory) signals.emit('other-history');
    if (applied.reset) events.emit({ type: 'everything-changed' });
    else if (applied.patientsChanged) events.emit({ type: 'patients-changed' });
    if (applied.waitlistChanged) events.emit({ type: 'waitlist-changed' });
    tellDays(applied.touched);
    if (applied.reset || applied.wentStale.length > 0) signals.emit('days-stale');
  }

  function tellDays(touched: readonly Stretch[]): void {
    if (!followed || touched.length === 0) return;
    const sites = new Map<string, Pick<Site, 'siteId' | 'timeZone'>>();
    for (const site of [...followed.sites, ...loadHeldStretches(store, followed.orgId)]) sites.set(site.siteId, site);
    for (const days of touchedDays(touched, [...sites.values()])) events.emit({ type: 'days-changed', ...days });
  }

  function refuse(reply: Exclude<Reply<Changes>, { kind: 'answer' }>): void {
    if (reply.kind !== 'problem') return;
    const { problem } = reply;
    if (problem.code === 'protocol-mismatch') status.change({ mismatch: problem.data });
    // A server of protocol 1 does not know the parameter `protocol`.
    else if (problem.code === 'invalid-input')
      status.change({ mismatch: { server: 1, desk: protocol, update: 'server' } });
    else return;
    becomes(false);
  }

  function follow(following: Following | null): void {
    stop?.abort();
    const ending = puller?.close();
    if (ending) ended = Promise.all([ended, ending]);
    [stop, stream, puller, current] = [null, null, null, false];
    followed = following;
    if (!following) return;

    const { orgId } = following;
    const { signal } = (stop = new AbortController());
    const { pull, takeNews: takeIn } = (puller = openChangePuller({
      loadCursor() {
        const position = loadPosition(store, orgId);
        return position ? writeCursor(position) : '';
      },
      pull: (cursor) =>
        server.ask((client, callOptions) => client.calendar.changes({ cursor, protocol }, callOptions), signal),
      take: (news, { isLast, wasAsked }) => (wasAsked ? takeAnswer(orgId, news, isLast) : takeNews(orgId, news)),
      onRefused: refuse,
      onFailure: options.onFailure,
      withheldBackOff: timing.withheld,
      random,
      timers,
    }));
    void followChanges({
      subscribe(streamSignal) {
        stream = new AbortController();
        const either = AbortSignal.any([streamSignal, stream.signal]);
        return server.ask((client, callOptions) => client.calendar.pokes({ protocol }, callOptions), either);
      },
      pull,
      takeNews: takeIn,
      reconnect: timing.reconnect,
      pollMs: timing.pollMs,
      random,
      timers,
      signal,
    });
  }

  const check = () => puller?.pull() ?? Promise.resolve(false);

  signals.on('offline', () => {
    becomes(false);
    // One request that got no answer does not prove that the server is gone.
    void check();
  });
  signals.on('woke', () => {
    // After a sleep the stream of pokes may be dead without a sign.
    stream?.abort();
    void check();
  });
  signals.on('window-filled', () => void check());

  return {
    follow,
    following: () => followed,
    isCurrent: () => current,
    tellDays,
    check,
    async close() {
      follow(null);
      await ended;
    },
  };
}
