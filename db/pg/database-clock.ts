import { Temporal } from 'temporal-polyfill';

import type { Pool } from './pool.ts';

/** The database's clock, as this process last measured it. */
export interface DatabaseClock {
  /** RFC 3339 in UTC. The host's clock until the first measurement succeeds. */
  now(): string;
  /** The same where it is known for certain, else null, and a measurement begins. */
  knownNow(): string | null;
  /** Measures once. Throws where the database does not answer; the measurement before then stays. */
  measure(): Promise<void>;
}

/** When the host's two clocks differ by this much more than at the measurement, the host slept or its clock was set. */
const maxDriftMs = 1_000;

interface Measurement {
  readonly database: number;
  readonly steady: number;
  /** How far the host's clock was ahead of its steady time. */
  readonly lead: number;
}

const leadOfHost = () => Temporal.Now.instant().epochMilliseconds - performance.now();

/**
 * Opens a clock that goes by the database's and not by the host's, which may be days off. Between two measurements it counts
 * the host's steady time, so that setting the host's clock changes nothing. Some systems stop the steady time while they
 * sleep: a desk must not learn such a time, and keep it.
 */
export function openDatabaseClock(pool: Pool): DatabaseClock {
  let measured: Measurement | null = null;
  let underWay: Promise<void> | null = null;

  function now(): string {
    if (!measured) return Temporal.Now.instant().toString();
    const elapsed = performance.now() - measured.steady;
    return Temporal.Instant.fromEpochMilliseconds(Math.round(measured.database + elapsed)).toString();
  }

  async function measureOnce(): Promise<void> {
    const before = performance.now();
    const lead = leadOfHost();
    const [row] = await pool<{ now: string }[]>`select holdfast_api.database_time() as now`;
    if (!row) throw new Error('the database said no time');
    measured = {
      database: Temporal.Instant.from(row.now).epochMilliseconds,
      // The answer was made somewhere between the question and its arrival.
      steady: (before + performance.now()) / 2,
      lead,
    };
  }

  const measure = () =>
    (underWay ??= measureOnce().finally(() => {
      underWay = null;
    }));

  return {
    now,
    knownNow() {
      if (measured && Math.abs(leadOfHost() - measured.lead) <= maxDriftMs) return now();
      measure().catch(() => undefined);
      return null;
    },
    measure,
  };
}
