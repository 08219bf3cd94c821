import { Temporal } from 'temporal-polyfill';

import type { Pool } from './pool.ts';

/** The database's clock, as this process last measured it. */
export interface DatabaseClock {
  /** RFC 3339 in UTC. The host's clock until the first measurement succeeds. */
  now(): string;
  /** Measures once. Throws where the database does not answer; the measurement before then stays. */
  measure(): Promise<void>;
}

/**
 * Opens a clock that goes by the database's and not by the host's, which may be days off. Between two measurements it counts
 * the host's steady time, so that setting the host's clock changes nothing.
 */
export function openDatabaseClock(pool: Pool): DatabaseClock {
  let measured: { readonly database: number; readonly steady: number } | null = null;
  return {
    now() {
      if (!measured) return Temporal.Now.instant().toString();
      const elapsed = performance.now() - measured.steady;
      return Temporal.Instant.fromEpochMilliseconds(Math.round(measured.database + elapsed)).toString();
    },
    async measure() {
      const before = performance.now();
      const [row] = await pool<{ now: string }[]>`select holdfast_api.database_time() as now`;
      if (!row) throw new Error('the database said no time');
      measured = {
        database: Temporal.Instant.from(row.now).epochMilliseconds,
        // The answer was made somewhere between the question and its arrival.
        steady: (before + performance.now()) / 2,
      };
    },
  };
}
