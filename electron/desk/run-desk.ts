import type { DeskAnswer, DeskCall } from '../../core/contract/desk/calls.ts';
import type { Store } from '../../db/sqlite/open-store.ts';
import { answerCalls, type DeskCaller } from './answer-call.ts';
import { openDays } from './days/open-days.ts';
import { openFaults } from './diagnostics/faults.ts';
import type { DeskEvents } from './events/page-events.ts';
import { openSignals } from './events/signals.ts';
import { deskHandlers } from './handlers.ts';
import { keptClockOffset, openClockOffset } from './line/clock-offset.ts';
import { openConnection } from './line/connection.ts';
import { openDeskServer } from './line/server.ts';
import { surroundingsOf, type DeskOptions } from './options.ts';
import { openVerdicts } from './outbox/take-verdicts.ts';
import { startPairing } from './pairing/pair-desk.ts';
import { openPairingKeeper } from './pairing/pairing-keeper.ts';
import { hasHadPeople } from './sessions/first-person.ts';
import { openIdentity } from './sessions/identity.ts';
import { openSessionKeeper } from './sessions/session-keeper.ts';
import { watchSession } from './sessions/watch-session.ts';
import { openStatus } from './status/status-keeper.ts';
import { loadCaughtUpAt } from './store/cursor.ts';
import { openKeptSetting } from './store/kept-setting.ts';
import { countOpen } from './store/outbox.ts';
import { loadRebuilt } from './store/rebuild-store.ts';
import { loadDeskId } from './store/settings.ts';
import { followIdentity } from './sync/follow-identity.ts';
import { openLiveSync } from './sync/live-sync.ts';
import { openOutboxPusher } from './sync/push-outbox.ts';
import { pushToServer } from './sync/push-to-server.ts';
import { watchClocks } from './sync/watch-clocks.ts';

/** A desk on a store that is open. */
export interface DeskOnStore {
  answer(name: string, input: unknown): Promise<DeskAnswer<DeskCall>>;
  caller(): DeskCaller;
  close(): Promise<void>;
}

export interface RunOptions extends DeskOptions {
  readonly store: Store;
  readonly events: DeskEvents;
  /** Hears of a failure of the store for which no call waits. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Puts a desk together on a store. Each part takes what it needs from the parts above it, and tells the others by signals. A
 * signal reaches the parts in the order of this list.
 */
export function runDesk(options: RunOptions): DeskOnStore {
  const { serverUrl, store, events } = options;
  const surroundings = surroundingsOf(options);
  const { clock, timing, hooks } = surroundings;
  const signals = openSignals();
  const faults = openFaults(clock);
  const onFailure = (error: unknown) => {
    faults.note('store', error);
    options.onFailure(error);
  };
  const base = { ...surroundings, store, events, signals, onFailure };

  // As whom the desk works.
  const deskId = loadDeskId(store, options.pairing?.deskId);
  const sessions = openSessionKeeper(store);
  const pairings = openPairingKeeper(store, options.pairing ?? null);
  const identity = openIdentity({ ...base, sessions, pairings });
  const { orgId, seesPatients, sender, deskToken, personToken } = identity;

  // What people see of the desk itself.
  const firstOrgId = orgId();
  const status = openStatus({
    ...base,
    count() {
      const counted = orgId();
      return counted === null ? { waiting: 0, refused: 0 } : countOpen(store, counted);
    },
    first: {
      caughtUpAt: firstOrgId === null ? null : loadCaughtUpAt(store, firstOrgId),
      rebuilt: loadRebuilt(store, clock.instant()),
    },
  });

  // The line to the server, the change feed, the outbox.
  const connection = openConnection(signals);
  const clockOffset = openClockOffset({ ...base, kept: openKeptSetting(store, 'clock-offset', keptClockOffset) });
  const server = openDeskServer({
    ...base,
    clockOffset,
    serverUrl,
    timeLimitMs: timing.requestLimitMs,
    fetch: options.fetch,
    deskToken,
    personToken,
    connection,
  });
  const live = openLiveSync({ ...base, server, status });
  const inLine = { ...base, server, status, live, clockOffset };
  const verdicts = openVerdicts({
    ...inLine,
    onStale: () => signals.emit('days-stale'),
    onDecided: (commandId, decision) => signals.emit('decided', commandId, decision),
  });
  const outbox = openOutboxPusher({
    ...base,
    sender,
    isReachable: () => connection.state() === 'online',
    push: pushToServer({ ...inLine, noteFault: faults.note }),
    settle: verdicts.take,
    onSent: () => hooks['marked-sent']?.(),
    backOff: timing.push,
  });

  const days = openDays({ ...inLine, seesPatients });

  // What the desk does by itself.
  const follower = followIdentity({ ...inLine, identity, firstContactMs: timing.firstContactMs });
  watchSession({ ...inLine, identity });
  const watch = watchClocks(base);
  const pairing = startPairing({
    ...base,
    server,
    pairings,
    code: options.pairingCode,
    deskId,
    backOff: timing.reconnect,
  });

  // What the page asks for.
  const caller = () => ({ person: identity.person(), isNew: () => !hasHadPeople(store) });
  const { reader } = days;
  const calls = answerCalls(
    deskHandlers({ ...inLine, serverUrl, deskId, sessions, pairings, reader, outbox, verdicts, faults }),
    caller,
  );
  return {
    answer: calls.answer,
    caller,
    async close() {
      follower.close();
      const isPruned = days.stopPruning();
      const pairingIsLeft = pairing.close();
      watch.close();
      const feedIsLeft = live.close();
      server.close();
      await Promise.allSettled([feedIsLeft, pairingIsLeft, outbox.close()]);
      // A day that is still being read would be written into a store that is closed.
      await Promise.allSettled([calls.settled(), days.settled(), isPruned]);
      status.close();
      store.client.close();
    },
  };
}
