import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';

import { startEmbeddedPostgres } from '../../build/database/start-embedded-postgres.ts';
import { makeRandom } from '../../build/demo/seeded-random.ts';
import type { Placement } from '../../core/domain/bookings/facts.ts';
import { migrate } from '../../db/pg/migrate.ts';
import { openPool, type Pool } from '../../db/pg/pool.ts';
import { appointmentRow, bookCall, envelopeOf } from '../../server/bookings/judge.ts';
import { makeClinic, type Clinic } from '../builders/clinic.ts';
import { bookCommand } from '../builders/commands.ts';
import type { BenchResult } from './bench.ts';
import { runArms } from './run-arms.ts';

/** How long and how hard. */
interface BookingBenchOptions {
  readonly rounds: number;
  /** Of each arm in each round. */
  readonly seconds: number;
  readonly clients: number;
  readonly seed: number;
}

const triples = 24;
const quartersPerVisit = 2;
/** So many that no two bookings at once are of one patient: they would meet at that patient's row. */
const patientCount = 2000;

/** Visits that conflict with nothing: each has a triple and half an hour of its own, neighbours at the same time. */
function makeVisits(clinic: Clinic, seed: number) {
  // Where the day begins to fill differs with the seed; that it fills densely does not.
  const random = makeRandom(seed, 'booking');
  let next = random.whole(0, triples * 96);
  const placement = (): Placement => {
    const n = next++;
    const k = n % triples;
    const start = clinic.opensAt + Math.floor(n / triples) * quartersPerVisit;
    if (start + quartersPerVisit > clinic.opensAt + clinic.openQuarters) throw new Error('the clinic is full');
    return {
      appointmentId: uuidv7(),
      siteId: clinic.siteId,
      patientId: clinic.patients[n % clinic.patients.length] ?? '',
      serviceId: clinic.services.full,
      providerId: clinic.providers[k] ?? '',
      roomId: clinic.rooms[k] ?? '',
      equipmentId: clinic.equipment[k] ?? '',
      start,
      end: start + quartersPerVisit,
      bufferBeforeQuarters: 0,
      bufferAfterQuarters: 0,
      patientMayOverlap: false,
    };
  };
  return placement;
}

function makeArms(pool: Pool, clinic: Clinic, seed: number, retries: { count: number }) {
  const session = { orgId: clinic.orgId, userId: clinic.userId };
  const envelope = () => envelopeOf('book', bookCommand(clinic, 0), session);
  const bookedVisits = makeVisits(clinic, seed);
  const floorVisits = makeVisits(clinic, seed);
  const hooks = { retried: () => void retries.count++ };
  return {
    /** The bare call, as the server makes it: BEGIN ISOLATION LEVEL SERIALIZABLE, one function, COMMIT. */
    'the booking call': async () => {
      const judgement = await bookCall(bookedVisits())(pool, hooks, envelope());
      if (judgement.kind !== 'decided') throw new Error(`an uncontended booking was ${judgement.kind}`);
    },
    /** The same rows by the same driver in the same shape of transaction, nothing checked. */
    'the floor': async () => {
      await pool.transaction('isolation level read committed', async (tx) => {
        await tx`select floor.book(jsonb_populate_record(null::command_envelope, ${envelope()}),
          jsonb_populate_record(null::appointments, ${appointmentRow(floorVisits())})) as verdict`;
      });
    },
  };
}

/** The booking call at 32 clients against the floor, interleaved on one embedded PostgreSQL with its disk settings on. */
export async function benchBooking({ rounds, seconds, clients, seed }: BookingBenchOptions): Promise<BenchResult> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'holdfast-bench-'));
  const database = await startEmbeddedPostgres({ dataDir });
  const admin = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
  const pool = openPool(database.databaseUrl, { max: clients });
  try {
    await migrate(database);
    const clinic = await makeClinic(admin, {
      providers: triples,
      rooms: triples,
      equipment: triples,
      patients: patientCount,
      days: 60,
    });
    await admin.unsafe(await readFile(new URL('floor.sql', import.meta.url), 'utf8')).simple();
    await admin`vacuum analyze`;
    const retries = { count: 0 };
    const arms = await runArms(makeArms(pool, clinic, seed, retries), { rounds, seconds, clients });
    const call = arms['the booking call'];
    const ratio = call.perSecond / arms['the floor'].perSecond;
    const rows = Object.entries(arms).map(([arm, { perSecond, p50, p99 }]) => ({
      arm,
      'bookings/s': Math.round(perSecond),
      'p50 ms': Number(p50.toFixed(1)),
      'p99 ms': Number(p99.toFixed(1)),
    }));
    return {
      rows,
      summary:
        `at ${clients} clients the booking call does ${ratio.toFixed(2)} of the floor (median of ${rounds} interleaved rounds); ` +
        `${retries.count} of ${call.count} uncontended bookings were run again`,
      bars: [{ name: 'the call is at least 0.7 of the floor', measured: ratio.toFixed(2), met: ratio >= 0.7 }],
    };
  } finally {
    await pool.end();
    await admin.end();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
