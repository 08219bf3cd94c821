import type { DeskAnswer, DeskCall } from '../../core/contract/desk/calls.ts';
import type { Store } from '../../db/sqlite/open-store.ts';
import { answerCall } from './answer-call.ts';
import { openWindowFiller, todayAt, usualWindow } from './days/fill-window.ts';
import { openPruner } from './days/pruner.ts';
import { openDayReader } from './days/read-days.ts';
import { openFaults } from './diagnostics/faults.ts';
import { usualClock, instantBefore } from './environment/clock.ts';
import { usualTimers } from './environment/timers.ts';
import { usualTiming } from './environment/timing.ts';
import type { DeskEvents } from './events/page-events.ts';
import { deskHandlers } from './handlers.ts';
import { openConnection } from './line/connection.ts';
import { openDeskServer } from './line/server.ts';
import type { DeskOptions } from './options.ts';
import { openVerdicts } from './outbox/take-verdicts.ts';
import { startPairing } from './pairing/pair-desk.ts';
import { openPairingKeeper } from './pairing/pairing-keeper.ts';
import { homeSiteOf } from './sessions/home-site.ts';
import { openSessionKeeper } from './sessions/session-keeper.ts';
import { openStatus } from './status/status-keeper.ts';
import { countOpen } from './store/outbox.ts';
import { loadRebuilt } from './store/rebuild-store.ts';
import { loadDeskId, loadSetting, writeSetting } from './store/settings.ts';
import { caughtUpKey } from './sync/apply-changes.ts';
import { openLiveSync, type Following } from './sync/live-sync.ts';
import { pushCommand } from './sync/push-command.ts';
import { openOutboxPusher } from './sync/push-outbox.ts';
import { watchClocks } from './sync/watch-clocks.ts';

/** For so long a person is told that the store was made anew. */
const rebuiltToldForMs = 86_400_000;
/** A session that ended elsewhere is noticed within this, also where the desk works under its own token. */
const sessionCheckMs = 300_000;

/** A desk on a store that is open. */
export interface DeskOnStore {
  answer(name: string, input: unknown): Promise<DeskAnswer<DeskCall>>;
  close(): Promise<void>;
}

export interface RunOptions extends DeskOptions {
  readonly store: Store;
  readonly events: DeskEvents;
  /** The store failed where no call waits for it. */
  readonly onFailure: (error: unknown) => void;
}

/** Puts a desk together on a store: outbox, feed, window of days, and what answers the calls. One engine for each store. */
export function runDesk(options: RunOptions): DeskOnStore {
  const { serverUrl, store, events, random = Math.random, clock = usualClock, hooks = {} } = options;
  const timers = options.timers ?? usualTimers;
  const timing = { ...usualTiming, ...options.timing };
  const window = options.window ?? usualWindow;
  const faults = openFaults(clock);
  const onFailure = (error: unknown) => {
    faults.note('store', error);
    options.onFailure(error);
  };

  if (options.pairing?.deskId !== undefined) writeSetting(store, 'desk-id', options.pairing.deskId);
  const deskId = loadDeskId(store);
  const sessions = openSessionKeeper(store);
  const pairings = openPairingKeeper(store, options.pairing ?? null);
  const orgId = () => pairings.current()?.orgId ?? sessions.current()?.person.orgId ?? null;
  const seesPatients = () =>
    pairings.current() !== null || (sessions.current()?.person.permissions.includes('read-patients') ?? false);

  const firstOrgId = orgId();
  const status = openStatus({
    events,
    clock,
    timers,
    count() {
      const counted = orgId();
      if (counted === null) return { waiting: 0, refused: 0 };
      try {
        return countOpen(store, counted);
      } catch (error) {
        // Told from a timer too, where nobody would catch it.
        onFailure(error);
        return {};
      }
    },
    first: {
      caughtUpAt: firstOrgId === null ? null : loadSetting(store, caughtUpKey(firstOrgId)),
      rebuilt: loadRebuilt(store, instantBefore(clock.instant(), rebuiltToldForMs)),
    },
  });

  const connection = openConnection((state) => {
    status.connection(state);
    if (state === 'online') {
      outbox.retryNow();
      void filler.fill();
      checkSession();
    } else {
      live.lost();
      // One request that got no answer does not prove that the server is gone.
      void live.check();
    }
  });
  const server = openDeskServer({
    serverUrl,
    timeLimitMs: timing.requestLimitMs,
    fetch: options.fetch,
    timers,
    deskToken: () => pairings.current()?.deskToken ?? null,
    personToken: () => sessions.current()?.token ?? null,
    connection,
    onRejected(token) {
      if (!sessions.forget(token) && !pairings.forget(token)) return;
      follow();
      // What the renderer now asks for is answered by `unauthenticated`: it shows the sign-in.
      events.emit({ type: 'everything-changed' });
    },
  });
  const live = openLiveSync({
    store,
    server,
    events,
    status,
    clock,
    timing,
    timers,
    random,
    hooks,
    onStale: () => void filler.fill(),
    onOtherHistory() {
      status.outboxChanged();
      outbox.retryNow();
    },
    onFailure,
  });
  const reader = openDayReader({ store, server, clock, hooks, timers, seesPatients, pull: () => live.check() });
  const filler = openWindowFiller({
    store,
    events,
    status,
    clock,
    reader,
    window,
    following: () => live.following(),
    seesPatients,
    onFailure,
    onFilled() {
      void live.check();
      void pruner.prune();
    },
  });
  const pruner = openPruner({
    store,
    clock,
    window,
    hooks,
    timers,
    following: () => live.following(),
    onFailure,
  });
  const verdicts = openVerdicts({
    store,
    events,
    status,
    clock,
    hooks,
    live,
    onStale: () => void filler.fill(),
    onDecided: (commandId, decision) => outbox.resolve(commandId, decision),
  });
  const outbox = openOutboxPusher({
    store,
    sender() {
      const pairing = pairings.current();
      if (pairing) return { orgId: pairing.orgId, userId: null };
      const person = sessions.current()?.person;
      return person ? { orgId: person.orgId, userId: person.userId } : null;
    },
    isReachable: () => connection.state() === 'online',
    async push(typed) {
      const reply = await server.ask((client, callOptions) => pushCommand(client, typed, callOptions));
      await hooks.answered?.();
      if (reply.kind === 'problem' && reply.problem.code === 'protocol-mismatch') {
        status.change({ mismatch: reply.problem.data });
      }
      if (reply.kind === 'unintelligible' || (reply.kind === 'problem' && reply.problem.code === 'internal')) {
        faults.note(`push ${typed.type}`, reply.kind);
      }
      return reply;
    },
    settle: verdicts.take,
    onSent: () => hooks['marked-sent']?.(),
    onFailure,
    backOff: timing.push,
    random,
    timers,
  });

  /** It is also what sends the commands that a former run left. */
  function makeFirstContact(): void {
    try {
      follow();
    } catch (error) {
      onFailure(error);
    }
  }
  const cancelFirstContact = timers.after(timing.firstContactMs, makeFirstContact);

  function follow(): void {
    cancelFirstContact();
    const ofOrgId = orgId();
    const person = sessions.current()?.person;
    const following: Following | null =
      ofOrgId === null
        ? null
        : { orgId: ofOrgId, sites: person?.sites ?? [], home: homeSiteOf(store, ofOrgId, person) };
    live.follow(following);
    if (!following) return;
    status.change({ caughtUpAt: loadSetting(store, caughtUpKey(following.orgId)) });
    status.outboxChanged();
    void filler.fill();
    outbox.retryNow();
  }

  /** The desk's own token says nothing of the person's session: that is asked for, so that it cannot outlive its end. */
  function checkSession(): void {
    if (pairings.current() && sessions.current()) {
      void server.askAsPerson((client, callOptions) => client.sessions.current(undefined, callOptions));
    }
  }

  let today = '';
  let sessionCheckedAt = clock.monotonicMs();
  const watch = watchClocks(
    clock,
    {
      onWake() {
        live.reconnect();
        void live.check();
        outbox.retryNow();
        checkSession();
      },
      onTick() {
        const home = live.following()?.home;
        const date = home ? todayAt(home, clock) : '';
        // A new day has come into the window, and one has left it.
        if (date !== today) void filler.fill().then(() => pruner.prune());
        today = date;
        if (clock.monotonicMs() - sessionCheckedAt < sessionCheckMs) return;
        sessionCheckedAt = clock.monotonicMs();
        checkSession();
      },
    },
    timers,
  );

  const pairing = startPairing({
    server,
    pairings,
    code: options.pairingCode,
    deskId,
    backOff: timing.reconnect,
    random,
    timers,
    async onPaired() {
      await hooks.paired?.();
      follow();
    },
    onFailure,
  });

  const handlers = deskHandlers({
    serverUrl,
    deskId,
    store,
    server,
    sessions,
    pairings,
    live,
    reader,
    filler,
    outbox,
    verdicts,
    status,
    events,
    clock,
    timing,
    timers,
    hooks,
    faults,
    follow,
  });

  const underWay = new Set<Promise<unknown>>();
  return {
    answer(name, input) {
      const answering = answerCall(handlers, name, input).finally(() => underWay.delete(answering));
      underWay.add(answering);
      return answering;
    },
    async close() {
      cancelFirstContact();
      const isPruned = pruner.close();
      const pairingIsLeft = pairing.close();
      watch.close();
      const feedIsLeft = live.close();
      server.close();
      await Promise.allSettled([feedIsLeft, pairingIsLeft, outbox.close()]);
      // A day that is still being read would be written into a store that is gone.
      await Promise.allSettled([...underWay, filler.fill(), isPruned]);
      status.close();
      store.client.close();
    },
  };
}
