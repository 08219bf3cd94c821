import { hash as hashPassword } from '@node-rs/argon2';
import type postgres from 'postgres';

import { makePatients } from '../../../../build/demo/make-patients.ts';
import { makeRandom } from '../../../../build/demo/seeded-random.ts';
import { instantOf, quarterDuring } from '../../../../core/domain/time/quarter.ts';
import { addDays, dateAt, quarterFromWall } from '../../../../core/domain/time/zoned.ts';
import { appointmentRow } from '../../../builders/appointment-row.ts';
import { makeClinic, type Clinic } from '../../../builders/clinic.ts';

export const password = 'opens the benchmark';
/** The number of days that a desk holds: yesterday to 14 days ahead. */
export const windowDays = 16;
const quartersPerDay = 96;
/** Today's place in the window. */
const dayNumber = 1;
/** The clinic's clock shows less than this whenever the benchmark runs: it is between one and two at night there. */
const firstFreeQuarter = 12;
const rowsAtOnce = 1_000;

export interface SyncClinic extends Clinic {
  /** Today at the clinic, where the day has just begun. */
  readonly date: string;
  /** The visits of today. Every day has as many. */
  readonly visits: readonly PlacedVisit[];
  /** For each provider the free quarters of today, in quarters since 1970. */
  readonly free: ReadonlyMap<string, readonly number[]>;
}

export interface PlacedVisit {
  readonly appointmentId: string;
  readonly patientId: string;
  readonly providerId: string;
  readonly start: number;
}

export interface ClinicSize {
  /** The visits of the whole window, and their patients. */
  readonly appointments: number;
  readonly patients: number;
  readonly providers: number;
  readonly seed: number;
}

/** A clinic that is open day and night over a desk's whole window. Its visits are evenly spread, each a quarter of an hour. */
export async function makeSyncClinic(admin: postgres.Sql, size: ClinicSize): Promise<SyncClinic> {
  const providerCount = size.providers;
  const timeZone = zoneWhereItIsNight();
  const today = dateAt(quarterDuring(new Date().toISOString()), timeZone);
  const opensAt = quarterFromWall(addDays(today, -1), '00:00', timeZone);
  const clinic = await makeClinic(admin, {
    providers: providerCount,
    rooms: providerCount,
    patients: size.patients,
    days: windowDays,
    timeZone,
    opensAt,
    passwordHash: await hashPassword(password),
  });
  await namePatients(admin, clinic, today, size.seed);

  const perColumn = Math.ceil(size.appointments / windowDays / providerCount);
  if (perColumn > quartersPerDay * 0.75) throw new Error('so many visits leave no room for new ones');
  const taken = Array.from({ length: perColumn }, (_, n) => Math.floor((n * quartersPerDay) / perColumn));
  const rows = Array.from({ length: size.appointments }, (_, n) => {
    const day = Math.floor(n / (perColumn * providerCount));
    const column = n % providerCount;
    const quarter = taken[Math.floor(n / providerCount) % perColumn] ?? 0;
    const offset = day * quartersPerDay + quarter;
    return appointmentRow(clinic, offset, {
      patient_id: clinic.patients[n % clinic.patients.length],
      provider_id: clinic.providers[column],
      room_id: clinic.rooms[column],
      ends_at: instantOf(opensAt + offset + 1),
    });
  });
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await admin`insert into appointments ${admin(rows.slice(from, from + rowsAtOnce))}`;
  }
  await admin`analyze`;

  const dayAt = opensAt + dayNumber * quartersPerDay;
  const visits = rows.flatMap((row, n): PlacedVisit[] => {
    const day = Math.floor(n / (perColumn * providerCount));
    const start = dayAt + (taken[Math.floor(n / providerCount) % perColumn] ?? 0);
    if (day !== dayNumber) return [];
    return [
      {
        appointmentId: row.appointment_id,
        patientId: String(row.patient_id),
        providerId: String(row.provider_id),
        start,
      },
    ];
  });
  const free = Array.from({ length: quartersPerDay }, (_, quarter) => quarter).filter(
    (quarter) => quarter >= firstFreeQuarter && !taken.includes(quarter),
  );
  return {
    ...clinic,
    date: today,
    visits,
    free: new Map(clinic.providers.map((providerId) => [providerId, free.map((quarter) => dayAt + quarter)])),
  };
}

/** A time zone without clock changes in which it is between one and two o'clock now. */
function zoneWhereItIsNight(): string {
  const offset = ((13 - new Date().getUTCHours() + 24) % 24) - 12;
  // These names have the sign of POSIX: plus is behind Greenwich.
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

/** Realistic names, because the cost of a search index depends on them. */
async function namePatients(admin: postgres.Sql, clinic: Clinic, today: string, seed: number): Promise<void> {
  const people = makePatients(makeRandom(seed, 'sync'), clinic.patients.length, today, 1_600_000_000_000);
  const column = (of: (person: (typeof people)[number]) => string) => people.map(of);
  await admin`update patients p set display_name = n.name, birth_date = n.born::date, phone = n.phone, alert = n.alert
    from unnest(${clinic.patients as string[]}::uuid[], ${column(({ displayName }) => displayName)}::text[],
      ${column(({ birthDate }) => birthDate)}::text[], ${column(({ phone }) => phone)}::text[],
      ${column(({ alert }) => alert)}::text[]) as n (patient_id, name, born, phone, alert)
    where p.org_id = ${clinic.orgId} and p.patient_id = n.patient_id`;
}
