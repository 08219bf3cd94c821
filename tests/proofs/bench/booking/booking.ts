import { readFile } from 'node:fs/promises';

import { v7 as uuidv7 } from 'uuid';

import type { Session } from '../../../../core/contract/session.ts';
import { openPool } from '../../../../db/pg/pool.ts';
import type { BenchResult } from '../bench.ts';
import { runArms, type ArmResult } from '../run-arms.ts';
import { makeArms, type ArmParts } from './arms.ts';
import { makeVisits, password } from './bench-clinic.ts';
import { withBenchDatabase } from './bench-database.ts';
import { reportBooking } from './booking-report.ts';
import { measureFlatness } from './flat.ts';
import { makeLoadClient, withBenchServer } from './load-client.ts';
import { raceForOneSlot, raceMechanism } from './losers.ts';

export interface BookingBenchOptions {
  readonly rounds: number;
  /** The duration of each arm in each round. */
  readonly seconds: number;
  /** The numbers of simultaneous clients. Every arm runs once for each. */
  readonly clients: readonly number[];
  /** The number of past visits in the long-lived clinic. With 0, flatness is not measured. */
  readonly past: number;
  readonly seed: number;
}

const maxClients = 64;
const defaultPast = 50_000;
const warmUp = 3_000;
const racesOfOthers = 5;

/** A new clinic, a server on its database, and a signed-in client. */
async function withBench<T>(seed: number, fn: (parts: ArmParts, version: string) => Promise<T>): Promise<T> {
  return withBenchDatabase(defaultPast, async ({ database, admin, clinic, version }) => {
    for (const script of ['floor.sql', 'others.sql']) {
      await admin.unsafe(await readFile(new URL(script, import.meta.url), 'utf8')).simple();
    }
    await admin`vacuum analyze`;
    const pool = openPool(database.databaseUrl);
    const client = makeLoadClient(maxClients);
    try {
      return await withBenchServer(database.databaseUrl, async (server) => {
        const signedIn = await client.post(`${server.url}/api/sessions`, { username: clinic.signInName, password });
        const { token } = JSON.parse(signedIn.body) as Session;
        return fn({ pool, clinic, seed, client, server, token }, version);
      });
    } finally {
      client.close();
      await pool.end();
    }
  });
}

/** The number of the server's transactions that were run again so far. */
async function retriesOfServer(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const counts = metrics.matchAll(/^holdfast_transaction_retries_total\{[^}]*\} (\d+)/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Measures bookings per second and their times: ours over HTTP, its parts, the floor, and the mechanisms of others. */
export async function benchBooking(options: BookingBenchOptions): Promise<BenchResult> {
  const { rounds, seconds, clients: counts, past, seed } = options;
  const measured = await withBench(seed, async (parts, version) => {
    const retries = { count: 0 };
    const { arms, others } = makeArms(parts, retries);
    const uncontended = arms['booking over HTTP'];
    if (!uncontended) throw new Error('there is no arm over HTTP');
    // By then the load generator's code is compiled. The server's code takes some thousands of requests.
    for (let n = 0; n < warmUp / 32; n++) await Promise.all(Array.from({ length: 32 }, uncontended));
    const at = new Map<number, Record<string, ArmResult>>();
    for (const clients of counts) at.set(clients, await runArms(arms, { rounds, seconds, clients }));
    const overHttp = await retriesOfServer(parts.server.url);
    const conflictsOfOthers = Object.fromEntries(
      Object.entries(others).map(([name, { conflicts }]) => [name, conflicts.count]),
    );
    const losers = await raceForOneSlot(parts, uncontended, { rounds, seconds, clients: maxClients });

    const next = makeVisits(parts.clinic, seed + 1, { again: true });
    const races: Record<string, Awaited<ReturnType<typeof raceMechanism>>> = {};
    for (const [name, mechanism] of Object.entries(others)) {
      const targets = Array.from({ length: racesOfOthers }, next);
      races[name] = await raceMechanism(
        mechanism,
        (n, race) => ({
          ...(targets[race] as (typeof targets)[number]),
          appointmentId: uuidv7(),
          patientId: parts.clinic.patients[n] ?? '',
        }),
        { races: racesOfOthers, clients: maxClients },
      );
    }
    return { at, losers, races, version, retries: { call: retries.count, overHttp }, conflictsOfOthers };
  });
  const flat =
    past === 0 ? null : await measureFlatness({ few: defaultPast, past, seed, rounds, seconds, clients: 32 });
  return reportBooking({ ...measured, flat, rounds, seconds, defaultPast, maxClients, racesOfOthers });
}
