import { afterAll, expect, it } from 'vitest';

import { emptyFigures, hasMetTrouble, noteRun } from './figures.ts';
import { describeFailure, runSeed } from './run-seed.ts';
import { startSimulationCluster } from './with-database.ts';

/** SEEDS=2000 FROM=1 makes a long run. `npm run simulation` does the same without a test around it. */
const seeds = Number(process.env['SEEDS'] ?? 40);
const from = Number(process.env['FROM'] ?? 1);

const cluster = await startSimulationCluster();
const database = await cluster.open();
afterAll(async () => {
  await database.close();
  await cluster.stop();
});

// Above ten seconds: 40 runs, because fewer do not meet every kind of trouble.
it(
  'whatever becomes of desks, servers and the network between them, nothing is lost, doubled or left undecided',
  async () => {
    const figures = emptyFigures();
    for (let seed = from; seed < from + seeds; seed++) {
      const failure = await runSeed(seed, database, { onRun: (run) => noteRun(figures, run) });
      expect.soft(failure && describeFailure(failure)).toBeNull();
    }
    expect(seeds < 40 || hasMetTrouble(figures), 'runs without trouble prove nothing').toBe(true);
  },
  60_000 + seeds * 5_000,
);

it('a seed gives the same run every time', async () => {
  const traces: (readonly string[])[] = [];
  for (let twice = 0; twice < 2; twice++) await runSeed(from, database, { onRun: ({ trace }) => traces.push(trace) });
  expect(traces[1]).toEqual(traces[0]);
});
