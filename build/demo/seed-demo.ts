import { hash } from '@node-rs/argon2';

import { minutesPerQuarter, quarterDuring } from '../../core/domain/time/quarter.ts';
import { addDays, dateAt } from '../../core/domain/time/zoned.ts';
import { openOwnerConnection, type OwnerTransaction } from '../../db/pg/owner-connection.ts';
import type { Transaction } from '../../db/pg/pool.ts';
import { publishSlots, stretchesOfShifts, type ShiftStretch } from '../../db/pg/publish-slots.ts';
import { demoUsers } from './demo-users.ts';
import { makeClinic, type DemoShift } from './make-clinic.ts';
import { makePatients } from './make-patients.ts';
import { makeVisits } from './make-visits.ts';
import { makeRandom } from './seeded-random.ts';
import { writeClinic, writePatients, writeUsers, writeVisits } from './write-demo.ts';

const patientCount = 3000;
const pastDays = 364;
const visitDaysAhead = 42;
const slotDaysAhead = 56;
const quartersPerDay = 96;

/**
 * Fills an empty database with the demo organization: with all of it or, on any error, with nothing. Does nothing when an
 * organization exists, also when several processes start at once. The same seed and `now` (RFC 3339) make the same rows,
 * except for the salts of the passwords.
 */
export async function seedDemo(options: {
  adminDatabaseUrl: string;
  seed?: number;
  now: string;
  onProgress?: (line: string) => void;
}): Promise<void> {
  const sql = openOwnerConnection(options.adminDatabaseUrl, { max: 1, applicationName: 'holdfast demo' });
  try {
    const seeded = await sql.begin((tx) => writeDemo(tx as OwnerTransaction, options));
    // VACUUM cannot run inside the transaction. Without this one autovacuum would run amid the first bookings; if the
    // process ends before it, autovacuum still comes.
    if (seeded) await sql`vacuum analyze slots, appointments, appointment_events, patient_claims, patients`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function writeDemo(
  tx: OwnerTransaction,
  { seed = 1, now, onProgress = () => {} }: { seed?: number; now: string; onProgress?: (line: string) => void },
): Promise<boolean> {
  // Between two statements the visits are drawn, which on a slow PC takes longer than the pool lets a transaction idle.
  await tx`set local idle_in_transaction_session_timeout = 0`;
  await tx`select pg_advisory_xact_lock(hashtext('holdfast demo'))`;
  const [known] = await tx`select from organizations limit 1`;
  if (known) return false;

  const nowQuarter = quarterDuring(now);
  const nowMilliseconds = Date.parse(now);
  const today = dateAt(nowQuarter, 'UTC');
  const days = { from: addDays(today, -pastDays), until: addDays(today, slotDaysAhead + 1) };
  const foundedAt = (nowQuarter - (pastDays + 30) * quartersPerDay) * minutesPerQuarter * 60_000;

  const clinic = makeClinic(makeRandom(seed, 'clinic'), {
    openedOn: days.from,
    today,
    madeAtMilliseconds: foundedAt,
  });
  await writeClinic(tx, clinic);
  const users = await Promise.all(
    demoUsers.map(async (user) => ({ ...user, passwordHash: await hash(user.password) })),
  );
  await writeUsers(tx, makeRandom(seed, 'users'), clinic, users, foundedAt);
  const patients = makePatients(makeRandom(seed, 'patients'), patientCount, today, foundedAt);
  await writePatients(tx, clinic.orgId, patients);
  onProgress(`${patients.length} patients`);

  const slots = await publishSlots(tx as unknown as Transaction, { orgId: clinic.orgId, ...days });
  onProgress(`${slots} slots`);
  const visits = makeVisits(makeRandom(seed, 'visits'), {
    clinic,
    patients,
    stretches: stretchesOfShifts(clinic.shifts, days),
    now: nowMilliseconds,
    fullness: (stretch) => fullnessOf(stretch, nowQuarter),
  });
  // Without this the triggers of all visits would use plans that were made for empty tables.
  await tx`analyze`;
  await writeVisits(tx, clinic.orgId, visits, (done) => onProgress(`${done} of ${visits.length} visits`));
  // Empty statistics cause false conflicts, so the statistics are committed with the rows.
  await tx`analyze`;
  return true;
}

/**
 * Past days and the next three are full, with gaps. At weekends few providers work, and their days have hardly a gap. The
 * weeks ahead thin out, and end after six.
 */
function fullnessOf({ end, shift }: ShiftStretch<DemoShift>, nowQuarter: number): number {
  const daysAhead = (end - nowQuarter) / quartersPerDay;
  if (daysAhead > visitDaysAhead) return 0;
  const soon = shift.weekday >= 6 ? 0.95 : 0.8;
  return daysAhead <= 3 ? soon : soon - 0.62 * ((daysAhead - 3) / (visitDaysAhead - 3));
}
