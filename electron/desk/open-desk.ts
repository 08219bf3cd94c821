import path from 'node:path';

import type { Desk, DeskAnswer, DeskCall } from '../../core/contract/desk/calls.ts';
import { openStore } from '../../db/sqlite/open-store.ts';
import { answerCall } from './answer-call.ts';
import { openDeskEvents } from './desk-events.ts';
import { deskHandlers, type DeskHooks } from './desk-handlers.ts';
import { usualTiming, type DeskTiming } from './desk-timing.ts';
import { openConnection } from './server/connection.ts';
import { openDeskServer } from './server/desk-server.ts';
import { openSessionKeeper } from './sessions/session-keeper.ts';
import { openLiveSync } from './sync/live-sync.ts';
import { pushCommand } from './sync/push-command.ts';
import { openOutboxPusher } from './sync/push-outbox.ts';

export interface DeskOptions {
  readonly serverUrl: string;
  /** This desk's own folder: `desk.sqlite` is made in it. */
  readonly dataDir: string;
  readonly timing?: Partial<DeskTiming>;
  readonly random?: () => number;
  readonly hooks?: DeskHooks;
}

export interface RunningDesk extends Desk {
  /** The same as `call`, for a payload that comes from outside and is not known to fit. */
  answer(name: string, input: unknown): Promise<DeskAnswer<DeskCall>>;
  /** Stops asking the server and closes the store. What is undecided is pushed again at the next start. */
  close(): Promise<void>;
}

/**
 * One installation of the front desk: its store, its outbox and its line to the server. Plain Node; a shell shows it.
 * Commands that a former run left undecided are pushed as soon as the server is there.
 * @throws StoreTooNewError where a newer Holdfast made the store
 */
export function openDesk({ serverUrl, dataDir, timing, random = Math.random, hooks = {} }: DeskOptions): RunningDesk {
  const patience = { ...usualTiming, ...timing };
  const store = openStore(path.join(dataDir, 'desk.sqlite'));
  const events = openDeskEvents();
  const sessions = openSessionKeeper(store);

  const connection = openConnection((state) => {
    events.emit({ type: 'connection', state });
    if (state === 'online') outbox.retryNow();
    // One request that got no answer does not prove that the server is gone.
    else live.check();
  });
  const server = openDeskServer({
    serverUrl,
    timeLimitMs: patience.requestLimitMs,
    sessions,
    connection,
    onSessionLost() {
      live.follow(null);
      // What the renderer now asks for is answered by `unauthenticated`: it shows the sign-in.
      events.emit({ type: 'everything-changed' });
    },
  });
  const live = openLiveSync({ store, server, events, timing: patience, random });
  const outbox = openOutboxPusher({
    store,
    sender: () => sessions.current()?.person ?? null,
    async push(typed) {
      const reply = await server.ask((client, options) => pushCommand(client, typed, options));
      await hooks.answered?.();
      return reply;
    },
    onDecided: ({ type, command: { commandId } }, decision) =>
      events.emit({ type: 'decided', commandId, commandType: type, decision }),
    backOff: patience.push,
    random,
  });

  const handlers = deskHandlers({ store, server, sessions, live, outbox, hooks });
  // Its first contact is also what sends the commands that a former run left.
  live.follow(sessions.current());

  const underWay = new Set<Promise<unknown>>();
  const answer = (name: string, input: unknown) => {
    const answering = answerCall(handlers, name, input).finally(() => underWay.delete(answering));
    underWay.add(answering);
    return answering;
  };
  return {
    answer,
    call: answer as Desk['call'],
    listen: events.listen,
    async close() {
      live.follow(null);
      server.close();
      await outbox.close();
      // A day that is still being read would be written into a store that is gone.
      await Promise.allSettled(underWay);
      store.$client.close();
    },
  };
}
