import { describe, expect, it } from 'vitest';

import { withDatabase, type TestDatabase } from '../../harness/postgres.ts';
import { lookBeforeCounting, missingWalls, type MissingWall } from './missing-walls.ts';
import { openModelBench } from './with-clients.ts';

/**
 * A model that finds everything in order proves nothing until it has been seen to find something. So each wall is taken
 * away, in a database of its own, and the same plans must then end with the complaint that it was there to prevent.
 */
const databases = new Map<string, TestDatabase>();
for (const wall of [...Object.keys(missingWalls), 'none']) databases.set(wall, await withDatabase());

/** Chosen once, because with it each wall is missed soon; more runs find it with any. */
const seed = 4;

/** What the model first complains of in the wall's own database, once it is broken; null: of nothing like that. */
async function complaintIn(wall: string, { breakIt, isolation, complaint }: MissingWall, numRuns: number) {
  const bench = openModelBench(databases.get(wall) as TestDatabase, isolation);
  try {
    for (const statement of await breakIt(bench.admin)) await bench.admin.unsafe(statement);
    return await bench.firstComplaint(complaint, { seed, numRuns });
  } finally {
    await bench.close();
  }
}

/** Most are missed at once; the rarest race needs some 25 plans. */
describe('the model complains without', { timeout: 300_000 }, () => {
  it.each(Object.entries(missingWalls))('%s', async (wall, missing) => {
    expect(await complaintIn(wall, missing, 150)).toMatch(missing.complaint);
  });
});

it('the model has nothing to say where a look takes the place of the comparison and SERIALIZABLE stands', async () => {
  expect(await complaintIn('none', { breakIt: lookBeforeCounting, complaint: /./ }, 10)).toBeNull();
});
