import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe, expect, it } from 'vitest';

import { instantOf } from '../../core/domain/time/quarter.ts';
import type { Verdict } from '../../server/commands/verdict.ts';
import { withDatabase } from '../harness/postgres.ts';
import { envelopeIn } from './attacks/envelope.ts';
import { otherCallsOn } from './attacks/other-calls.ts';
import { runAttack } from './attacks/run-attack.ts';
import { makeTarget } from './attacks/target.ts';
import { visitCallsOn } from './attacks/visit-calls.ts';

/** The functions that the app's role calls take little on trust: what the call can check, it checks. */
const database = await withDatabase();
const owner = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
const app = postgres(database.databaseUrl, { max: 1, onnotice: () => {} });
const target = await makeTarget(owner);
const { clinic, booked } = target;
afterAll(() => Promise.all([owner.end(), app.end()]));

const isolation = 'isolation level serializable';
const at = (offset: number) => instantOf(clinic.opensAt + offset);
class Undo extends Error {}

describe("the app's role cannot", () => {
  it.each([...visitCallsOn(target, app), ...otherCallsOn(target, app)])('%s', async (_name, attack, refused) => {
    let seen: unknown;
    await app
      .begin(isolation, async (tx) => {
        await attack(tx);
        throw new Undo('the call was answered');
      })
      .catch((error: unknown) => (seen = error));
    expect(seen).toMatchObject({ name: 'PostgresError', code: refused });
  });
});

describe('every function of the app', async () => {
  const functions = await owner<{ name: string; nulls: string }[]>`
    select p.oid::regproc::text as name,
        (select coalesce(string_agg('null::' || format_type(t, null), ', ' order by n), '')
          from unnest(p.proargtypes) with ordinality a (t, n)) as nulls
      from pg_proc p where p.pronamespace = 'holdfast_api'::regnamespace and p.pronargs > 0 order by 1`;
  const countRows = async (sql: postgres.Sql) => {
    const tables = await sql<{ name: string }[]>`
      select oid::regclass::text as name from pg_class where relnamespace = 'holdfast'::regnamespace and relkind = 'r' order by 1`;
    const counts = tables.map(({ name }) => `(select count(*) from ${name})`);
    return sql.unsafe(`select array[${counts.join(', ')}] as counts`);
  };

  it.each(functions)(
    '$name, called with nothing but nulls, refuses or says nothing, and writes nothing',
    async ({ name, nulls }) => {
      const result = await runAttack(
        owner,
        async (tx) => {
          const sql = tx as unknown as postgres.Sql;
          const before = await countRows(sql);
          const rows = await tx.unsafe(`select * from ${name}(${nulls}) as said`);
          expect(
            rows.every((row) => Object.values(row).every((value) => value === null || value === '' || value === 0)),
          ).toBe(true);
          expect(await countRows(sql)).toEqual(before);
        },
        { isolation },
      );
      expect(result.broken).toEqual([]);
      expect(result.refused ?? 'HF005').toMatch(/^(HF00[1-7]|2350[23]|22004)$/);
    },
  );
});

describe('what a call takes from the rows and not from the caller', () => {
  const envelope = () => envelopeIn(app, clinic);
  const visit = (overrides: object) =>
    app.json({
      site_id: clinic.siteId,
      patient_id: clinic.patients[2],
      provider_id: clinic.providers[0],
      ...overrides,
    });

  it('is, for a booking, the buffers and the overlap of the service, and how a visit begins', async () => {
    const appointment_id = uuidv7();
    const forged = {
      appointment_id,
      service_id: clinic.services.full,
      room_id: clinic.rooms[0],
      equipment_id: clinic.equipment[0],
      starts_at: at(40),
      ends_at: at(42),
      version: 9,
      status: 'fulfilled',
      arrived_at: at(0),
      holds_until: at(41),
      note: 'x',
      buffer_before_minutes: 0,
      buffer_after_minutes: 120,
      patient_may_overlap: true,
      created_at: '1999-01-01T00:00:00Z',
    };
    const [said] = await app.begin(
      isolation,
      (tx) => tx`
      select holdfast_api.book_appointment(${clinic.orgId}, ${envelope()}, ${visit(forged)}) -> 'appointment' as visit`,
    );
    const kept = {
      version: 1,
      status: 'booked',
      bufferBeforeMinutes: 15,
      bufferAfterMinutes: 15,
      patientMayOverlap: false,
      arrivedAt: null,
    };
    expect(said).toMatchObject({ visit: kept });
    const [row] = await owner`select version, status, buffer_after_minutes, patient_may_overlap, holds_until, note,
      created_at > now() - interval '1 hour' as is_new from holdfast.appointments where appointment_id = ${appointment_id}`;
    expect(row).toEqual({
      version: 1,
      status: 'booked',
      buffer_after_minutes: 15,
      patient_may_overlap: false,
      holds_until: null,
      note: '',
      is_new: true,
    });
  });

  it('is, for a move, the site, the patient, the service and the buffers of the visit', async () => {
    const forged = visit({
      appointment_id: booked.appointment_id,
      starts_at: at(50),
      ends_at: at(52),
      room_id: clinic.rooms[0],
      site_id: target.other.siteId,
      patient_id: clinic.patients[3],
      service_id: clinic.services.full,
      status: 'fulfilled',
      buffer_before_minutes: 60,
    });
    const [said] = await app.begin(
      isolation,
      (tx) => tx`
      select holdfast_api.move_appointment(${clinic.orgId}, ${envelope()}, 1, ${['booked']}::text[], ${forged}) -> 'appointment' as visit`,
    );
    expect(said).toMatchObject({
      visit: {
        siteId: clinic.siteId,
        patientId: booked.patient_id,
        serviceId: booked.service_id,
        bufferBeforeMinutes: 0,
        status: 'booked',
        version: 2,
      },
    });
  });

  it('is, for a refusal, nothing: every kind of refusal that there is may be stored', async () => {
    const kinds: Record<Exclude<Verdict['kind'], 'done'>, true> = {
      conflict: true,
      'stale-version': true,
      'status-conflict': true,
      refused: true,
      forbidden: true,
      'not-found': true,
    };
    for (const kind of Object.keys(kinds)) {
      const [said] = await app.begin(
        isolation,
        (tx) => tx`
        select holdfast_api.refuse_command(${clinic.orgId}, ${envelope()}, ${app.json({ kind })}) as verdict`,
      );
      expect(said).toEqual({ verdict: { kind } });
    }
  });
});
