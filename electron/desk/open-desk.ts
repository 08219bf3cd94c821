import path from 'node:path';

import type { Desk, DeskAnswer, DeskCall } from '../../core/contract/desk/calls.ts';
import { lockStore } from '../../db/sqlite/lock-store.ts';
import { isDamage, type Store } from '../../db/sqlite/open-store.ts';
import { defaultClock } from './environment/clock.ts';
import { openDeskEvents } from './events/page-events.ts';
import type { DeskOptions } from './options.ts';
import { runDesk, type DeskOnStore } from './run-desk.ts';
import { openOrRebuild, rebuildStore } from './store/rebuild-store.ts';

export interface RunningDesk extends Desk {
  /** The same as `call`, for a payload that comes from outside and is not known to fit. */
  answer(name: string, input: unknown): Promise<DeskAnswer<DeskCall>>;
  /** Stops asking the server and closes the store. What is undecided is pushed again at the next start. */
  close(): Promise<void>;
}

/**
 * One installation of the front desk: its store, its outbox and its line to the server. Plain Node; a shell shows it.
 * Commands that a former run left undecided are pushed as soon as the server is there. A store that turns out to be damaged,
 * now or later, is set aside and made anew, with what could be saved of its outbox.
 * @throws StoreInUseError where a desk runs on the folder, StoreTooNewError where a newer Holdfast made the store,
 * KeyRefusedError where there is no safe place for its key
 */
export function openDesk(options: DeskOptions): RunningDesk {
  const { dataDir, keys, clock = defaultClock, hooks = {} } = options;
  const file = path.join(dataDir, 'desk.sqlite');
  const lock = lockStore(dataDir);
  const events = openDeskEvents();
  let desk: DeskOnStore;
  let rebuilding: Promise<void> | null = null;
  let closed = false;

  const run = (store: Store) => runDesk({ ...options, store, events, onFailure });
  /** One that was set aside is not opened again: the page's next call meets the new one. */
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
      // A command goes by its id: asked twice, it is done once.
      await rebuilding;
      return desk === asked ? Promise.reject(error) : desk.answer(name, input);
    }
  }

  return {
    answer,
    call: answer as Desk['call'],
    listen: events.listen,
    async close() {
      closed = true;
      await rebuilding?.catch(() => undefined);
      await desk.close();
      lock.release();
    },
  };
}
