import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe, expect, it } from 'vitest';

import { makeRandom } from '../../build/demo/seeded-random.ts';
import { instantOf } from '../../core/domain/time/quarter.ts';
import { appointmentRow, insertRaw } from '../builders/appointment-row.ts';
import { makeClinic } from '../builders/clinic.ts';
import { findInconsistencies } from '../builders/inconsistencies.ts';
import { withDatabase } from '../harness/postgres.ts';

/**
 * Twenty sessions of the owner write visits by raw SQL at once, as an import that runs twice would. Each isolation level must
 * leave slots that name exactly the visits that hold them, and no slot may hold more than its capacity.
 */
const sessions = 20;
const writesOfEach = 25;
const database = await withDatabase();
const owner = postgres(database.adminDatabaseUrl, { max: sessions, onnotice: () => {} });
afterAll(() => owner.end());

/** The codes that a write may end with: a wall refuses it, the patient is busy, or PostgreSQL aborts one of two writers. */
const expectedRefusals = /^(HF001|HF005|23505|23514|40001|40P01)$/;
const levels = ['read committed', 'repeatable read', 'serializable'] as const;

describe.each(levels)('at %s', (level) => {
  it.each([1, 3])('twenty owners at once, slots of capacity %i', { timeout: 60_000 }, async (capacity) => {
    const clinic = await makeClinic(owner, { providers: 2, rooms: 2, patients: 12 });
    await owner`update holdfast.slots set capacity = ${capacity} where org_id = ${clinic.orgId}`;
    const ids: string[] = [];
    const refused = new Set<string>();
    let written = 0;

    async function write(random: ReturnType<typeof makeRandom>): Promise<void> {
      const offset = random.whole(0, 6);
      const target = ids.length > 0 && random.chance(0.6) ? random.pick(ids) : null;
      const resources = {
        provider_id: random.pick(clinic.providers),
        room_id: random.chance(0.3) ? null : random.pick(clinic.rooms),
      };
      const window = {
        starts_at: instantOf(clinic.opensAt + offset),
        ends_at: instantOf(clinic.opensAt + offset + random.whole(1, 3)),
      };
      await owner.begin(`isolation level ${level}`, async (tx) => {
        if (target === null) {
          const appointment_id = uuidv7();
          const patient_id = random.pick(clinic.patients);
          await insertRaw(
            tx,
            'appointments',
            appointmentRow(clinic, offset, { appointment_id, patient_id, ...resources, ...window }),
          );
          ids.push(appointment_id);
          return;
        }
        const changes: Readonly<Record<string, unknown>>[] = [
          { ...resources, ...window },
          { status: 'cancelled' },
          { status: 'booked' },
          { status: 'noshow', holds_until: window.starts_at },
          { patient_id: random.pick(clinic.patients) },
          { buffer_after_minutes: 15 },
        ];
        const change = { holds_until: null, ...random.pick(changes) };
        await tx`update holdfast.appointments set ${tx(change)}, version = version + 1
          where org_id = ${clinic.orgId} and appointment_id = ${target}`;
      });
      written++;
    }

    await Promise.all(
      Array.from({ length: sessions }, async (_, n) => {
        const random = makeRandom(7, `${level} ${capacity} ${n}`);
        for (let k = 0; k < writesOfEach; k++) {
          await write(random).catch((error: unknown) => {
            if (!(error instanceof postgres.PostgresError)) throw error;
            refused.add(error.code);
          });
        }
      }),
    );

    expect([...refused].filter((code) => !expectedRefusals.test(code))).toEqual([]);
    expect(refused).toContain('HF001');
    expect(written).toBeGreaterThan(20);
    expect(await findInconsistencies(owner, clinic.orgId)).toEqual([]);
  });
});
