import path from 'node:path';

import type { Desk, DeskAnswer, DeskCall } from '../../core/contract/desk/calls.ts';
import { lockStore } from '../../db/sqlite/lock-store.ts';
import { isDamage, type Store } from '../../db/sqlite/open-store.ts';
import type { DeskCaller } from './answer-call.ts';
import { defaultClock } from './environment/clock.ts';
import { eventSeenBy } from './events/event-seen-by.ts';
import { openDeskEvents } from './events/page-events.ts';
import type { DeskOptions } from './options.ts';
import { runDesk, type DeskOnStore } from './run-desk.ts';
import { openOrRebuild, rebuildStore } from './store/rebuild-store.ts';

export interface RunningDesk extends Desk {
  /** Does what `call` does, for a payload from outside of which the type is not known. */
  answer(name: string, input: unknown): Promise<DeskAnswer<DeskCall>>;
  /** Stops asking the server and closes the store. The next start pushes the undecided commands again. */
  close(): Promise<void>;
}

/** A running desk on a store of its own. */
export interface OpenDesk extends RunningDesk {
  /** Tells by whose rights the desk answers a call at this moment. */
  caller(): DeskCaller;
}

/**
 * Opens one installation of the front desk: its store, its outbox and its line to the server. Plain Node; a shell shows it.
 * The desk pushes the commands that a former run left undecided as soon as the server answers. A damaged store, found now or
 * later, is set aside and made anew with what can be read of its outbox.
 * @throws StoreInUseError where another desk runs on the folder, StoreTooNewError where a newer Holdfast made the store,
 * KeyRefusedError where this PC has no safe place for the store's key
 */
export function openDesk(options: DeskOptions): OpenDesk {
  const { dataDir, keys, clock = defaultClock, hooks = {} } = options;
  const file = path.join(dataDir, 'desk.sqlite');
  const lock = lockStore(dataDir);
  const events = openDeskEvents();
  let desk: DeskOnStore;
  let rebuilding: Promise<void> | null = null;
  let closed = false;

  const run = (store: Store) => runDesk({ ...options, store, events, onFailure });
  /** Replaces a damaged store while the desk runs. The page's next call waits for the new store. */
  function onFailure(fault: unknown): void {
    if (!isDamage(fault) || rebuilding || closed) return;
    rebuilding = rebuild().finally(() => {
      rebuilding = null;
    });
    rebuilding.catch(() => undefined);
  }

  async function rebuild(): Promise<void> {
    await desk.close();
    if (closed) return;
    desk = run(rebuildStore(file, keys.loadKey(dataDir), clock.instant(), hooks));
    events.emit({ type: 'everything-changed' });
  }

  try {
    const key = keys.loadKey(dataDir);
    void hooks['key-kept']?.();
    desk = run(openOrRebuild(file, key, clock.instant(), hooks));
  } catch (error) {
    lock.release();
    throw error;
  }

  async function answer(name: string, input: unknown): Promise<DeskAnswer<DeskCall>> {
    await rebuilding;
    const asked = desk;
    try {
      return await asked.answer(name, input);
    } catch (error) {
      onFailure(error);
      if (!isDamage(error) || closed) throw error;
      // Asking twice is safe: a command that arrives twice under one id is done once.
      await rebuilding;
      return desk === asked ? Promise.reject(error) : desk.answer(name, input);
    }
  }

  return {
    answer,
    call: answer as Desk['call'],
    caller: () => desk.caller(),
    listen: (listener) => events.listen((event) => listener(eventSeenBy(event, desk.caller().person))),
    async close() {
      closed = true;
      await rebuilding?.catch(() => undefined);
      await desk.close();
      lock.release();
    },
  };
}
