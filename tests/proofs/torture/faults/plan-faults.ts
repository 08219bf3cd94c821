/**
 * The rates of faults, in milliseconds: the least and the greatest pause between two faults of a kind, and how long each
 * lasts.
 */
export interface FaultRates {
  readonly serverKill: Rate;
  readonly deskKill: Rate;
  readonly deskLink: Rate;
  readonly databaseLink: Rate;
  readonly replicationLink: Rate;
  readonly failover: Rate;
}

export interface Rate {
  readonly every: readonly [number, number];
  readonly lasts: readonly [number, number];
}

/** Rates for runs of minutes on two cores. */
export const defaultRates: FaultRates = {
  serverKill: { every: [2_500, 5_000], lasts: [100, 2_000] },
  deskKill: { every: [3_000, 7_000], lasts: [100, 2_500] },
  deskLink: { every: [500, 1_500], lasts: [200, 6_000] },
  databaseLink: { every: [3_000, 7_000], lasts: [200, 2_500] },
  replicationLink: { every: [6_000, 15_000], lasts: [200, 3_000] },
  failover: { every: [25_000, 40_000], lasts: [0, 0] },
};
