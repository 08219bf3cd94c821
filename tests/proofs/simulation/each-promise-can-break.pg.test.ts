import { afterAll, describe, expect, it } from 'vitest';

import { invariants } from './judge-simulation.ts';
import { runSeed } from './run-seed.ts';
import { weaknesses, type Weakness } from './weaknesses.ts';
import { startSimulationCluster } from './with-database.ts';

/**
 * A simulation that finds every promise kept proves nothing until it has been seen to find a broken one. So each guarantee is
 * taken away. The same plans must then break the promise that the guarantee keeps.
 */
const cluster = await startSimulationCluster();
afterAll(() => cluster.stop());

const maxSeeds = 60;

async function firstBroken({ inDatabase, onDesk, network, breaks, fromSeed }: Weakness): Promise<string | null> {
  const database = await cluster.open(inDatabase);
  try {
    for (let seed = fromSeed; seed < fromSeed + maxSeeds; seed++) {
      const failure = await runSeed(seed, database, { weakening: { onDesk, network } });
      const broken = failure?.violations.find(({ invariant }) => invariant === breaks);
      if (broken) return broken.found;
    }
    return null;
  } finally {
    await database.close();
  }
}

describe('the simulation finds', { timeout: 300_000 }, () => {
  it.each(Object.entries(weaknesses))('%s', async (_name, weakness) => {
    expect(await firstBroken(weakness)).not.toBeNull();
  });
});

it('each promise is broken by the loss of some guarantee', () => {
  const broken = new Set(Object.values(weaknesses).map(({ breaks }) => breaks));
  expect([...broken].toSorted()).toEqual([...invariants].toSorted());
});
