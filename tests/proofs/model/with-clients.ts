import fc from 'fast-check';
import postgres from 'postgres';

import { openPool } from '../../../db/pg/pool.ts';
import { holdDatabaseClock } from '../../builders/database-clock.ts';
import type { TestDatabase } from '../../harness/postgres.ts';
import { now } from './clinic-of-plan.ts';
import { plans } from './draw-plans.ts';
import { emptyFigures, noteRun, type Figures } from './figures.ts';
import { inspectDatabase } from './inspect-database.ts';
import { judgeRun } from './judge-run.ts';
import type { Plan } from './plan.ts';
import { runPlan } from './run-plan.ts';
import { clientName } from './scheduler.ts';

const maxClients = 6;

/** Carries out plans in one database, and returns the complaints about how each plan ended. */
export function openModelBench(database: TestDatabase, isolation?: string) {
  const admin = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
  /** The superuser sees what every session waits for. The owner sees its own sessions alone. */
  const superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
  const pools = Array.from({ length: maxClients }, (_, n) =>
    openPool(database.databaseUrl, { max: 1, applicationName: clientName(n) }),
  );
  const figures: Figures = emptyFigures();
  const clockIsHeld = holdDatabaseClock(admin, Date.parse(now));

  async function complaintsAbout(plan: Plan): Promise<string[]> {
    await clockIsHeld;
    const run = await runPlan(plan, { admin, superuser, pools, isolation });
    const judged = judgeRun(run);
    noteRun(figures, run);
    const complaints = [...judged.complaints, ...(await inspectDatabase(admin, run, judged))];
    return complaints.length === 0 ? [] : [...complaints, `the steps were: ${run.trace.join(', ')}`];
  }

  const allIsWell = fc.asyncProperty(plans, async (plan) => {
    const complaints = await complaintsAbout(plan);
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  });

  return {
    admin,
    figures,
    /** Throws fast-check's report when a plan ends wrongly: seed, path, the smallest plan found, and the complaints. */
    check: (parameters: fc.Parameters<[Plan]>): Promise<void> =>
      fc.assert(allIsWell, { ...parameters, includeErrorInReport: true }),
    /** Draws plans until one gives a complaint that matches; null when none does. */
    async firstComplaint(like: RegExp, parameters: fc.Parameters<[Plan]>): Promise<string | null> {
      const looking = fc.asyncProperty(plans, async (plan) => {
        const complaints = (await complaintsAbout(plan)).join('\n');
        if (like.test(complaints)) throw new Error(complaints);
      });
      const { errorInstance } = await fc.check(looking, { ...parameters, endOnFailure: true });
      return errorInstance instanceof Error ? errorInstance.message : null;
    },
    async close(): Promise<void> {
      await Promise.all([admin.end(), superuser.end(), ...pools.map((pool) => pool.end())]);
    },
  };
}
