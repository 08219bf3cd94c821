import { describe, expect, test } from 'vitest';

import { findFullPostgres } from '../../../build/checks/full-postgres.ts';
import type { FaultRates } from './faults/plan-faults.ts';
import { figuresOf, violationsOf } from './report.ts';
import { runTorture } from './run-torture.ts';

/** Rates at which a short run sees a failover, and kills on both sides of it. */
const rates: FaultRates = {
  serverKill: { every: [2_000, 3_500], lasts: [100, 1_000] },
  deskKill: { every: [2_000, 3_500], lasts: [100, 1_000] },
  deskLink: { every: [500, 1_500], lasts: [200, 2_000] },
  databaseLink: { every: [3_000, 5_000], lasts: [200, 1_000] },
  replicationLink: { every: [3_000, 5_000], lasts: [200, 1_000] },
  failover: { every: [5_000, 6_000], lasts: [0, 0] },
};

/** A small and short `npm run torture`. On a machine without `pg_basebackup`, `npm test` says that it did not run. */
describe.skipIf(findFullPostgres(process.env) === null)('the torture', () => {
  // Above ten seconds: 15 seconds of faults are the least that sees a failover and kills on both sides of it.
  test(
    'a quarter of a minute of kills, cut links and a failover loses nothing and does nothing twice',
    { timeout: 600_000 },
    async () => {
      const result = await runTorture({
        seconds: 15,
        seed: 1,
        servers: 2,
        desks: 4,
        perSecond: 16,
        rates,
        durable: false,
        weakness: null,
        keep: false,
        say: () => {},
      });
      expect(violationsOf(result)).toEqual([]);
      const { failovers, serverKills, deskKills, linkFaults, acknowledged, refusedByServer } = figuresOf(result);
      // A run without one of these has shown nothing about it.
      for (const happened of [failovers, serverKills, deskKills, linkFaults, acknowledged, refusedByServer]) {
        expect(happened).toBeGreaterThan(0);
      }
    },
  );
});
