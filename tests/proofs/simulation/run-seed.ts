import fc from 'fast-check';

import { simulationPlans } from './draw-plans.ts';
import { judgeSimulation, type Violation } from './judge-simulation.ts';
import type { SimulationPlan } from './plan.ts';
import { runSimulation, type SimulationDatabase, type SimulationRun, type Weakening } from './run-simulation.ts';

export interface SeedOptions {
  readonly weakening?: Weakening | undefined;
  /** Looks for the smallest plan that still fails. */
  readonly shrinks?: boolean;
  readonly onRun?: (run: SimulationRun) => void;
}

/** A seed whose run broke a promise. */
export interface SeedFailure {
  readonly seed: number;
  readonly plan: SimulationPlan;
  readonly violations: readonly Violation[];
  readonly trace: readonly string[];
}

/** Carries out the plan of a seed; null when every promise was kept. */
export async function runSeed(
  seed: number,
  database: SimulationDatabase,
  { weakening, shrinks = false, onRun }: SeedOptions = {},
): Promise<SeedFailure | null> {
  let failure: SeedFailure | null = null;
  const keepsItsPromises = fc.asyncProperty(simulationPlans, async (plan) => {
    const run = await runSimulation(plan, database, weakening);
    onRun?.(run);
    const violations = judgeSimulation(run);
    if (violations.length > 0) failure = { seed, plan, violations, trace: run.trace };
    return violations.length === 0;
  });
  const { errorInstance } = await fc.check(keepsItsPromises, { seed, numRuns: 1, endOnFailure: !shrinks });
  if (errorInstance instanceof Error && failure === null) throw errorInstance;
  return failure;
}

/** Everything that a person needs to look into the failure. */
export function describeFailure({ seed, plan, violations, trace }: SeedFailure): string {
  return [
    `seed ${seed} breaks a promise; npm run simulation -- --seed ${seed} --trace runs it again`,
    ...violations.map(({ invariant, found }) => `  ${invariant}: ${found}`),
    `the plan: ${JSON.stringify(plan)}`,
    `${trace.length} lines of what happened`,
  ].join('\n');
}
