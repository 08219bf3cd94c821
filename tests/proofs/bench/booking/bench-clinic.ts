import { hash as hashPassword } from '@node-rs/argon2';
import type postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';

import { makeRandom } from '../../../../build/demo/seeded-random.ts';
import type { Placement } from '../../../../core/domain/bookings/facts.ts';
import { makeClinic, type Clinic } from '../../../builders/clinic.ts';

/** The number of providers. Each has a room and a piece of equipment of its own. */
export const triples = 24;
export const quartersPerVisit = 2;
export const password = 'opens the clinic of a benchmark';
/** Enough patients that no two simultaneous bookings are for one patient: they would contend for that patient's row. */
const patientCount = 2000;

export interface BenchClinic extends Clinic {
  /** 30 minutes without buffers; needs a room and the equipment. */
  readonly serviceId: string;
}

/** A clinic that is open day and night for `days` days, with a user who can sign in. */
export async function makeBenchClinic(admin: postgres.Sql, days: number): Promise<BenchClinic> {
  const clinic = await makeClinic(admin, {
    providers: triples,
    rooms: triples,
    equipment: triples,
    patients: patientCount,
    days,
    passwordHash: await hashPassword(password),
  });
  const serviceId = uuidv7();
  const { orgId } = clinic;
  await admin`insert into services (org_id, service_id, name, duration_minutes, needs_room, equipment_type)
    values (${orgId}, ${serviceId}, 'Scan', 30, true, 'ultrasound')`;
  await admin`insert into service_providers (org_id, service_id, provider_id)
    select ${orgId}, ${serviceId}, unnest(${clinic.providers as string[]}::uuid[])`;
  return { ...clinic, serviceId };
}

/**
 * Visits that conflict with nothing: each has a triple and half an hour of its own, and simultaneous ones are neighbours.
 * A caller that books none of them may start over at the calendar's end (`again`); otherwise the end throws.
 */
export function makeVisits(clinic: BenchClinic, seed: number, { again = false } = {}): () => Placement {
  const last = (clinic.openQuarters / quartersPerVisit) * triples;
  // The seed decides where the day begins to fill. With every seed it fills densely.
  const random = makeRandom(seed, 'booking');
  let next = random.whole(0, triples * 96);
  return () => {
    const n = again ? next++ % last : next++;
    const k = n % triples;
    const start = clinic.opensAt + Math.floor(n / triples) * quartersPerVisit;
    if (start + quartersPerVisit > clinic.opensAt + clinic.openQuarters) throw new Error('the clinic is full');
    return {
      appointmentId: uuidv7(),
      siteId: clinic.siteId,
      patientId: clinic.patients[n % clinic.patients.length] ?? '',
      serviceId: clinic.serviceId,
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
}
