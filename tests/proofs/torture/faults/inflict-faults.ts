import { setTimeout as pause } from 'node:timers/promises';

import { makeRandom } from '../../../../build/demo/seeded-random.ts';
import { failoverKinds, type DatabasePair } from '../database/database-pair.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import type { TortureDesk } from '../workload/torture-desk.ts';
import { linkFaults, type FaultProxy, type LinkFault } from './fault-proxy.ts';
import type { FaultRates, Rate } from './plan-faults.ts';

export interface Victims {
  readonly pair: DatabasePair;
  readonly servers: readonly ServerProcess[];
  readonly desks: readonly TortureDesk[];
  readonly deskLinks: readonly FaultProxy[];
  readonly databaseLinks: readonly FaultProxy[];
  readonly afterDeskKill?: ((dataDir: string) => void) | undefined;
}

/** How many faults of each kind there were. */
export type FaultCounts = Record<string, number>;

/**
 * Inflicts faults of every kind, each kind at its rate, until the signal; then mends all of them and resolves. The seed
 * decides which faults hit whom and for how long, but not what each of them interrupts. When the last fault is over, throws
 * an error for what could not be mended.
 */
export async function inflictFaults(
  victims: Victims,
  rates: FaultRates,
  seed: number,
  until: AbortSignal,
): Promise<FaultCounts> {
  const failed = new AbortController();
  const signal = AbortSignal.any([until, failed.signal]);
  const { pair, servers, desks, deskLinks, databaseLinks, afterDeskKill } = victims;
  const counts: FaultCounts = {};
  const count = (what: string) => (counts[what] = (counts[what] ?? 0) + 1);
  const rest = (milliseconds: number) => pause(milliseconds, undefined, { signal }).catch(() => {});

  async function keepDoing(name: string, { every, lasts }: Rate, once: (random: Draw) => Promise<void>): Promise<void> {
    const random = makeRandom(seed, name);
    const draw: Draw = { random, last: () => rest(random.whole(...lasts)) };
    for (;;) {
      await rest(random.whole(...every));
      if (signal.aborted) return;
      try {
        await once(draw);
      } catch (error) {
        failed.abort(error);
      }
    }
  }

  const breakLink = (what: string, links: readonly FaultProxy[], faults: readonly LinkFault[] = linkFaults) => {
    return async ({ random, last }: Draw) => {
      const link = random.pick(links);
      const fault = random.pick(faults);
      link.inflict(fault, random.whole(5, 150));
      count(`${what} ${fault}`);
      await last();
      link.heal();
    };
  };

  const busyServers = new Set<ServerProcess>();
  await Promise.all([
    keepDoing('server kill', rates.serverKill, async ({ random, last }) => {
      const server = random.pick(servers);
      if (busyServers.has(server)) return;
      busyServers.add(server);
      await server.kill();
      count('server killed');
      await last();
      await server.start();
      busyServers.delete(server);
    }),
    keepDoing('desk kill', rates.deskKill, async ({ random, last }) => {
      const desk = random.pick(desks);
      await desk.process.kill();
      count('desk killed');
      afterDeskKill?.(desk.dataDir);
      await last();
      await desk.process.start();
    }),
    // Two desk links at a time, because a clinic's network breaks in more than one place.
    keepDoing('desk link', rates.deskLink, breakLink('desk link', deskLinks)),
    keepDoing('desk link too', rates.deskLink, breakLink('desk link', deskLinks)),
    keepDoing('database link', rates.databaseLink, breakLink('database link', databaseLinks)),
    keepDoing(
      'replication link',
      rates.replicationLink,
      breakLink('replication link', [pair.replicationLink], ['slow', 'frozen', 'cut']),
    ),
    keepDoing('failover', rates.failover, async ({ random }) => {
      const kind = random.pick(failoverKinds);
      // Often the network fails before the primary does. Then the standby is behind when it has to take over.
      if (random.chance(0.6)) {
        pair.replicationLink.inflict('frozen');
        await rest(random.whole(200, 1_000));
      }
      await pair.failOver(kind, () => {
        for (const link of databaseLinks) link.reset();
      });
      count(`primary ${kind}, standby promoted`);
    }),
  ]);
  failed.signal.throwIfAborted();
  return counts;
}

interface Draw {
  readonly random: ReturnType<typeof makeRandom>;
  /** Waits for the duration of the fault. */
  last(): Promise<void>;
}
