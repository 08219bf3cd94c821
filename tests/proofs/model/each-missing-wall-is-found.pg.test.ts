import { describe, expect, it } from 'vitest';

import { withDatabase, type TestDatabase } from '../../harness/postgres.ts';
import { lookBeforeCounting, missingWalls, type MissingWall } from './missing-walls.ts';
import { openModelBench } from './with-clients.ts';

/**
 * A model that finds no fault proves nothing until it has been seen to find one. So each wall is taken away in a database of
 * its own. The same plans must then end with the complaint that the wall prevents.
 */
const databases = new Map<string, TestDatabase>();
for (const wall of [...Object.keys(missingWalls), 'none']) databases.set(wall, await withDatabase());

/** A seed with which each missing wall is found soon. Any other seed finds it with more runs. */
const seed = 2;

/** The model's first matching complaint in a database without the wall; null when there is none. */
async function complaintIn(wall: string, { breakIt, isolation, complaint }: MissingWall, numRuns: number) {
  const bench = openModelBench(databases.get(wall) as TestDatabase, isolation);
  try {
    for (const statement of await breakIt(bench.admin)) await bench.admin.unsafe(statement);
    return await bench.firstComplaint(complaint, { seed, numRuns });
  } finally {
    await bench.close();
  }
}

/** Most missing walls are found at once. The rarest race needs some 25 plans. */
describe('the model complains without', { timeout: 300_000 }, () => {
  it.each(Object.entries(missingWalls))('%s', async (wall, missing) => {
    expect(await complaintIn(wall, missing, 150)).toMatch(missing.complaint);
  });
});

it('the model has no complaint when a look replaces the comparison and SERIALIZABLE stays', async () => {
  expect(await complaintIn('none', { breakIt: lookBeforeCounting, complaint: /./ }, 10)).toBeNull();
});
