import { openPool, type Pool } from '../../../../db/pg/pool.ts';
import { handleCommand } from '../../../../server/api/handle-command.ts';
import { actorOf } from '../../../builders/commands.ts';
import { runArms, type Arm, type ArmResult } from '../run-arms.ts';
import { commandFor } from './arms.ts';
import { makeVisits, type BenchClinic } from './bench-clinic.ts';
import { withBenchDatabase } from './bench-database.ts';

export interface Flatness {
  readonly few: ArmResult;
  readonly many: ArmResult;
  readonly past: number;
}

/** A whole booking without HTTP: facts, decision, database call. */
function bookingArm(pool: Pool, clinic: BenchClinic, seed: number): Arm {
  const nextVisit = makeVisits(clinic, seed);
  const actor = actorOf(clinic);
  return async () => {
    const result = await handleCommand({ pool }, actor, 'book', commandFor(clinic, nextVisit()));
    if (!result.ok) throw new Error(`an uncontended booking was refused: ${result.error.code}`);
    return true;
  };
}

/** Books in turn in two clinics on two clusters: one has `few` visits behind it, the other `past`. */
export async function measureFlatness(options: {
  few: number;
  past: number;
  seed: number;
  rounds: number;
  seconds: number;
  clients: number;
}): Promise<Flatness> {
  const { few, past, seed, ...how } = options;
  return withBenchDatabase(few, async (small) =>
    withBenchDatabase(past, async (large) => {
      const pools = [openPool(small.database.databaseUrl), openPool(large.database.databaseUrl)] as const;
      try {
        const results = await runArms(
          { few: bookingArm(pools[0], small.clinic, seed), many: bookingArm(pools[1], large.clinic, seed) },
          how,
        );
        return { ...results, past };
      } finally {
        for (const pool of pools) await pool.end();
      }
    }),
  );
}
