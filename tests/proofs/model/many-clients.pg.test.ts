import { afterAll, expect, it } from 'vitest';

import { findInconsistencies } from '../../builders/inconsistencies.ts';
import { withDatabase } from '../../harness/postgres.ts';
import { hasMetRaces } from './figures.ts';
import { openModelBench } from './with-clients.ts';

/**
 * HOLDFAST_MODEL_RUNS=500 makes a long run, and HOLDFAST_MODEL_SEED repeats one. A failure prints its seed and its path, for
 * HOLDFAST_MODEL_SEED and HOLDFAST_MODEL_PATH.
 */
const runs = Number(process.env['HOLDFAST_MODEL_RUNS'] ?? 25);
const seed = process.env['HOLDFAST_MODEL_SEED'];
const path = process.env['HOLDFAST_MODEL_PATH'];

/** After this time the shrinking of a failure ends, with the smallest plan found so far. */
const maxMilliseconds = 60_000 + runs * 5000;

const bench = openModelBench(await withDatabase());
afterAll(() => bench.close());

it(
  'whatever many clients send, in whatever order their statements run, is what one after another could have done',
  async () => {
    await bench.check({
      numRuns: runs,
      interruptAfterTimeLimit: maxMilliseconds,
      ...(seed === undefined ? {} : { seed: Number(seed) }),
      ...(path === undefined ? {} : { path }),
    });
    const { figures } = bench;
    if (process.env['HOLDFAST_MODEL_RUNS'] !== undefined) {
      console.info(JSON.stringify({ ...figures, interleavings: figures.interleavings.size }, null, 2));
    }
    expect(figures.runs < 25 || hasMetRaces(figures), 'plans that never meet prove nothing').toBe(true);
    expect(await findInconsistencies(bench.admin)).toEqual([]);
  },
  2 * maxMilliseconds,
);
