import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';

import { Temporal } from 'temporal-polyfill';

import type { Random } from '../../../build/demo/seeded-random.ts';
import type { DeskAnswer, DeskCall, DeskEvent, DeskInput } from '../../../core/contract/desk/calls.ts';
import { openEncrypted } from '../../../db/sqlite/open-store.ts';
import { deskHookPoints, type DeskHookPoint, type DeskHooks } from '../../../electron/desk/environment/hooks.ts';
import type { DeskTimers } from '../../../electron/desk/environment/timers.ts';
import { openDesk, type RunningDesk } from '../../../electron/desk/open-desk.ts';
import type { DeskOptions } from '../../../electron/desk/options.ts';
import type { Link } from './simulated-network.ts';
import type { Timeline } from './timeline.ts';

export interface DeskOptionsOfSimulation {
  readonly name: string;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly link: Link;
  /** The folder of its stores, one for each of its lives. */
  readonly folder: string;
  readonly pairing: NonNullable<DeskOptions['pairing']> | null;
  /** The PC's clock at the beginning. */
  readonly startsAt: string;
  readonly onEvent: (event: DeskEvent) => void;
  readonly note: (line: string) => void;
}

/** A PC with a desk. The desk can die, and can be started again from what is on the PC's disk. */
export interface SimulatedDesk {
  readonly name: string;
  isUp(): boolean;
  start(): void;
  /** Cuts the power: everything that was not on the disk is gone, and the desk does and says nothing more. */
  kill(): void;
  /** Lets the desk die at its next pass of this durable step, and then calls `onDeath`. */
  killAtStep(step: DeskHookPoint | 'any', onDeath: () => void): void;
  /** Stops the timers for this long, while the clocks go on. */
  sleep(milliseconds: number): void;
  setClock(byMilliseconds: number): void;
  /** The time on the PC's clock. */
  instant(): string;
  /** Null when the desk died before it answered. */
  call<C extends DeskCall>(name: C, input: DeskInput<C>): Promise<DeskAnswer<C> | null>;
  /** Runs a statement on the desk's store without the desk's knowledge. */
  inStore(sql: string): void;
  close(): Promise<void>;
}

const storeKey = '5'.repeat(64);
const storeFiles = ['desk.sqlite', 'desk.sqlite-wal'];

export function makeSimulatedDesk(options: DeskOptionsOfSimulation): SimulatedDesk {
  const { name, timeline, random, link, folder, note } = options;
  const startsAt = Temporal.Instant.from(options.startsAt);
  let skew = 0;
  let sleepsUntil = 0;
  let deadly: { readonly step: DeskHookPoint | 'any'; readonly onDeath: () => void } | null = null;
  let lives = 0;
  let life: { readonly desk: RunningDesk; readonly die: () => void } | null = null;
  const closing: Promise<unknown>[] = [];

  const instant = () => startsAt.add({ milliseconds: Math.round(timeline.now() + skew) }).toString();
  const folderOf = (n: number) => path.join(folder, `${name.replaceAll(' ', '-')}-${n}`);
  const aMoment = () => random.next() * 2;

  function begin(): NonNullable<typeof life> {
    const death = new AbortController();
    const isDead = () => death.signal.aborted;
    const after = (milliseconds: number, act: () => void): (() => void) => {
      let cancel = timeline.after(milliseconds, function due() {
        if (isDead()) return;
        // A PC that wakes up does what was due while it slept.
        if (timeline.now() < sleepsUntil) cancel = timeline.after(sleepsUntil - timeline.now() + random.next(), due);
        else act();
      });
      return () => cancel();
    };
    const timers: DeskTimers = {
      after,
      every(milliseconds, act) {
        let cancel = after(milliseconds, function tick() {
          cancel = after(milliseconds, tick);
          act();
        });
        return () => cancel();
      },
      nextTurn: () => pause(death.signal, 0),
    };
    function pause(signal: AbortSignal, milliseconds: number): Promise<void> {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => reject(new Error('the desk died')), { once: true });
      if (signal.aborted) reject(new Error('the desk died'));
      after(milliseconds, resolve);
      return promise;
    }
    function stepDone(point: DeskHookPoint): Promise<void> {
      if (deadly && !isDead() && (deadly.step === 'any' || deadly.step === point)) {
        const { onDeath } = deadly;
        deadly = null;
        note(`${name} is at ${point}`);
        onDeath();
      }
      return pause(death.signal, aMoment());
    }
    // After each durable step other work may go first, and the power may be cut.
    const hooks = Object.fromEntries(deskHookPoints.map((point) => [point, () => stepDone(point)])) as DeskHooks;
    const desk = openDesk({
      serverUrl: 'http://servers.test',
      dataDir: folderOf(lives),
      keys: { loadKey: () => storeKey },
      pairing: options.pairing,
      window: { daysBack: 0, daysAhead: 0 },
      clock: { instant, monotonicMs: timeline.now },
      random: random.next,
      timers,
      hooks,
      fetch: link.fetchUntil(death.signal),
    });
    desk.listen((event) => {
      if (!isDead()) options.onEvent(event);
    });
    return { desk, die: () => death.abort() };
  }

  return {
    name,
    instant,
    isUp: () => life !== null,
    start() {
      note(`${name} starts`);
      life ??= begin();
    },
    kill() {
      if (!life) return;
      note(`${name} dies`);
      // Between two turns of the event loop no transaction is open, so the store is as a killed process leaves it.
      const [before, after] = [folderOf(lives), folderOf(++lives)];
      mkdirSync(after, { mode: 0o700 });
      for (const file of storeFiles) cpSync(path.join(before, file), path.join(after, file));
      const { desk, die } = life;
      life = null;
      die();
      closing.push(desk.close().catch(() => undefined));
    },
    killAtStep(step, onDeath) {
      deadly = { step, onDeath };
    },
    sleep(milliseconds) {
      note(`${name} sleeps`);
      sleepsUntil = timeline.now() + milliseconds;
    },
    setClock(byMilliseconds) {
      note(`${name} sets its clock`);
      skew += byMilliseconds;
    },
    async call(call, input) {
      const asked = life;
      if (!asked) return null;
      try {
        const answer = await asked.desk.call(call, input);
        return life === asked ? answer : null;
      } catch (error) {
        if (life === asked) throw error;
        return null;
      }
    },
    inStore(sql) {
      const client = openEncrypted(path.join(folderOf(lives), 'desk.sqlite'), storeKey);
      client.exec(sql);
      client.close();
    },
    async close() {
      const last = life;
      life = null;
      last?.die();
      closing.push(last?.desk.close().catch(() => undefined) ?? Promise.resolve());
      await Promise.all(closing);
    },
  };
}
