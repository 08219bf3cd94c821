import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

import type { DesksStart, FromDesks, ToDesks } from './desks-in-child.ts';
import { stop, type SyncWorld } from './with-sync-world.ts';

/** Desks without a screen, in processes of their own. */
export interface SilentDesks {
  readonly count: number;
  /** When each desk's store first has something new of the day, from `watch` on, by the machine's monotonic clock. */
  watch(): Promise<() => Promise<readonly number[]>>;
  /** Throws when a desk lacks one of these visits. */
  expectHeld(appointmentIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const perProcess = 8;
/** Each desk holds today and tomorrow alone: to read fifty windows of 16 days would take minutes before the measurement. */
const window = { daysBack: 0, daysAhead: 1 };

export async function openSilentDesks(world: SyncWorld, count: number): Promise<SilentDesks> {
  const { siteId, date } = world.clinic;
  const children: ChildProcess[] = [];
  const numbers: [ChildProcess, number][] = [];
  for (let left = count; left > 0; left -= perProcess) {
    const desks = [];
    for (let n = 0; n < Math.min(left, perProcess); n++) {
      desks.push({ ...(await world.deskOptions(await world.folder('silent'))), window });
    }
    const start: DesksStart = { desks, siteId, date };
    const child = fork(path.join(import.meta.dirname, 'desks-in-child.ts'), [JSON.stringify(start)]);
    await heard(child, 'ready', 1);
    children.push(child);
    numbers.push(...desks.map((_, n): [ChildProcess, number] => [child, n]));
    process.stderr.write(`  ${numbers.length} of ${count} desks are open\n`);
  }
  const ofChild = (child: ChildProcess) => numbers.filter(([other]) => other === child).length;

  return {
    count,
    async watch() {
      const watching = children.map((child) => heard(child, 'watching', 1));
      const changed = children.map((child) => heard(child, 'changed', 1));
      for (const child of children) child.send('watch' satisfies ToDesks);
      await Promise.all(watching);
      return async () => (await Promise.all(changed)).flat().flatMap(({ at }) => at);
    },
    async expectHeld(appointmentIds) {
      const answers = children.map((child) => heard(child, 'held', ofChild(child)));
      for (const child of children) child.send('held' satisfies ToDesks);
      for (const { appointmentIds: held } of (await Promise.all(answers)).flat()) {
        const there = new Set(held);
        const missing = appointmentIds.filter((appointmentId) => !there.has(appointmentId));
        if (missing.length > 0) throw new Error(`a desk lacks ${missing.length} visits that it told to have changed`);
      }
    },
    close: async () => void (await Promise.all(children.map(stop))),
  };
}

type Said<K extends FromDesks['kind']> = Extract<FromDesks, { kind: K }>;

/** The first message of this kind from each of the desks of a process. */
function heard<K extends FromDesks['kind']>(child: ChildProcess, kind: K, count: number): Promise<Said<K>[]> {
  const found = new Map<number, Said<K>>();
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('desks ended before they had answered'));
    const onMessage = (message: FromDesks) => {
      if (message.kind !== kind) return;
      const desk = 'desk' in message ? message.desk : 0;
      if (!found.has(desk)) found.set(desk, message as Said<K>);
      if (found.size < count) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve([...found.values()]);
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
  });
}
