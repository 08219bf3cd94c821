import { median, quantile } from './statistics.ts';

/** Does one unit of the measured work; false when the attempt failed. */
export type Arm = () => Promise<boolean>;

export interface ArmResult {
  /** Successful attempts per second: the median over the rounds. */
  readonly perSecond: number;
  /** The milliseconds of the successful attempts. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** All attempts, warm-up included, and the successful ones among them. */
  readonly attempts: number;
  readonly count: number;
}

/**
 * Runs every arm in turn, round after round, with `clients` at once, so that a machine that is slow for a while is slow for
 * all arms. The first round of each arm is a warm-up and not counted.
 */
export async function runArms<Name extends string>(
  arms: Readonly<Record<Name, Arm>>,
  { rounds, seconds, clients }: { rounds: number; seconds: number; clients: number },
): Promise<Record<Name, ArmResult>> {
  const names = Object.keys(arms) as Name[];
  const rates = new Map<Name, number[]>(names.map((name) => [name, []]));
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  const counts = new Map<Name, number>();
  const attempts = new Map<Name, number>();
  for (let round = 0; round <= rounds; round++) {
    // The order alternates, so that no arm always comes first.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const startedAt = performance.now();
      const took: number[] = [];
      await Promise.all(
        Array.from({ length: clients }, async () => {
          while (performance.now() - startedAt < seconds * 1000) {
            const begunAt = performance.now();
            const isDone = await arms[name]();
            attempts.set(name, (attempts.get(name) ?? 0) + 1);
            if (isDone) took.push(performance.now() - begunAt);
          }
        }),
      );
      counts.set(name, (counts.get(name) ?? 0) + took.length);
      if (round === 0) continue;
      rates.get(name)?.push((took.length * 1000) / (performance.now() - startedAt));
      times.get(name)?.push(...took);
    }
  }
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        perSecond: median(rates.get(name) ?? []),
        p50: quantile(times.get(name) ?? [], 0.5),
        p95: quantile(times.get(name) ?? [], 0.95),
        p99: quantile(times.get(name) ?? [], 0.99),
        attempts: attempts.get(name) ?? 0,
        count: counts.get(name) ?? 0,
      },
    ]),
  ) as Record<Name, ArmResult>;
}
