import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '../../core/domain/time/quarter.ts';
import { appointmentRow, insertRaw } from '../builders/appointment-row.ts';
import { makeClinic, type Clinic } from '../builders/clinic.ts';
import { findInconsistencies } from '../builders/inconsistencies.ts';
import { withDatabase } from '../harness/postgres.ts';

const database = await withDatabase();
const owner = postgres(database.adminDatabaseUrl, { max: 4, onnotice: () => {} });
const app = postgres(database.databaseUrl, { max: 4, onnotice: () => {} });
let clinic: Clinic;
let other: Clinic;
let booked: ReturnType<typeof appointmentRow>;
let cancelled: ReturnType<typeof appointmentRow>;

beforeAll(async () => {
  clinic = await makeClinic(owner);
  other = await makeClinic(owner);
  booked = appointmentRow(clinic, 8);
  await insertRaw(owner, 'appointments', booked);
  cancelled = appointmentRow(clinic, 9, { patient_id: clinic.patients[1], status: 'cancelled' });
  await insertRaw(owner, 'appointments', cancelled);
});

afterAll(async () => {
  await owner.end();
  await app.end();
});

const at = (offset: number) => instantOf(clinic.opensAt + offset);
const claim = (offset: number, overrides: Readonly<Record<string, unknown>> = {}) => ({
  org_id: clinic.orgId,
  resource_id: clinic.providers[0],
  starts_at: at(offset),
  seat: 1,
  appointment_id: booked.appointment_id,
  ...overrides,
});
const slotOf = (sql: postgres.Sql, offset: number) =>
  sql`org_id = ${clinic.orgId} and resource_id = ${clinic.providers[0] ?? ''} and starts_at = ${at(offset)}`;
const rowOf = (sql: postgres.Sql, row: { appointment_id: string }) =>
  sql`org_id = ${clinic.orgId} and appointment_id = ${row.appointment_id}`;

/** Each attack, as one statement or transaction; every one must be refused whoever sends it. */
const attacks: Readonly<Record<string, (sql: postgres.Sql) => Promise<unknown>>> = {
  'insert an appointment over the same provider': (sql) =>
    insertRaw(sql, 'appointments', appointmentRow(clinic, 9, { patient_id: clinic.patients[2], room_id: clinic.rooms[1] })),
  'insert an appointment over the same room': (sql) =>
    insertRaw(sql, 'appointments', appointmentRow(clinic, 7, { patient_id: clinic.patients[2], provider_id: clinic.providers[1] })),
  'insert an appointment over the same patient': (sql) =>
    insertRaw(sql, 'appointments', appointmentRow(clinic, 9, { provider_id: clinic.providers[1], room_id: clinic.rooms[1] })),
  'insert a checked-in appointment over a booked one': (sql) =>
    insertRaw(sql, 'appointments', appointmentRow(clinic, 8, { status: 'checked-in', patient_id: clinic.patients[2] })),
  'insert an appointment with a buffer that reaches into a booked one': (sql) =>
    insertRaw(sql, 'appointments', appointmentRow(clinic, 10, { patient_id: clinic.patients[2], buffer_before_minutes: 15 })),
  'insert a claim beside a booked seat': (sql) => insertRaw(sql, 'claims', claim(8, { seat: 2 })),
  'insert a claim on a free slot': (sql) => insertRaw(sql, 'claims', claim(40)),
  'insert a claim and its count in one transaction': (sql) =>
    sql.begin(async (tx) => {
      await tx`update slots set booked_count = 1 where ${slotOf(tx, 40)}`;
      await insertRaw(tx, 'claims', claim(40));
    }),
  'merge a claim in': (sql) => sql`merge into claims c using (select 1) s on c.seat = 77
    when not matched then insert values (${clinic.orgId}, ${clinic.providers[0] ?? ''}, ${at(40)}, 1, ${booked.appointment_id})`,
  'move a claim to another slot': (sql) => sql`update claims set starts_at = ${at(40)} where ${slotOf(sql, 8)}`,
  'delete a claim and leave its appointment': (sql) => sql`delete from claims where ${slotOf(sql, 8)}`,
  'delete the claims of a patient': (sql) => sql`delete from patient_claims where org_id = ${clinic.orgId}`,
  'truncate the claims': (sql) => sql`truncate claims`,
  'truncate the slots': (sql) => sql`truncate slots cascade`,
  'truncate the appointments': (sql) => sql`truncate appointments cascade`,
  'claim past the capacity by a second appointment': (sql) =>
    insertRaw(sql, 'appointments', appointmentRow(clinic, 8, { patient_id: clinic.patients[2], room_id: null })),
  'lower the count to make room': (sql) => sql`update slots set booked_count = 0 where ${slotOf(sql, 8)}`,
  'raise the count without a claim': (sql) => sql`update slots set booked_count = booked_count + 1 where ${slotOf(sql, 40)}`,
  'lower the capacity below what is booked': (sql) => sql`update slots set capacity = 0 where ${slotOf(sql, 8)}`,
  'insert a slot that is booked already': (sql) =>
    sql`insert into slots (org_id, resource_id, starts_at, resource_kind, site_id, booked_count)
      values (${clinic.orgId}, ${clinic.providers[0] ?? ''}, ${at(400)}, 'provider', ${clinic.siteId}, 1)`,
  'insert a slot off the boundary': (sql) =>
    sql`insert into slots (org_id, resource_id, starts_at, resource_kind, site_id)
      values (${clinic.orgId}, ${clinic.providers[0] ?? ''}, ${at(400)}::timestamptz + interval '8 minutes', 'provider', ${clinic.siteId})`,
  'delete a booked slot': (sql) => sql`delete from slots where ${slotOf(sql, 8)}`,
  'move a booked slot': (sql) => sql`update slots set starts_at = ${at(400)} where ${slotOf(sql, 8)}`,
  'give a booked slot to another site': (sql) => sql`update slots set site_id = ${other.siteId} where ${slotOf(sql, 8)}`,
  'claim off the boundary': (sql) =>
    insertRaw(sql, 'appointments', appointmentRow(clinic, 40, { starts_at: '2031-03-03T17:08:00Z', ends_at: '2031-03-03T17:38:00Z' })),
  'claim a slot that is not there': (sql) => insertRaw(sql, 'appointments', appointmentRow(clinic, 400)),
  'claim a closed slot': (sql) =>
    sql.begin(async (tx) => {
      await tx`update slots set open = false where ${slotOf(tx, 41)}`;
      await insertRaw(tx, 'appointments', appointmentRow(clinic, 40, { patient_id: clinic.patients[2] }));
    }),
  "move an appointment's window by the row alone": (sql) =>
    sql`update appointments set starts_at = ${at(60)}, ends_at = ${at(62)} where ${rowOf(sql, booked)}`,
  "move an appointment's window onto taken slots": (sql) =>
    sql.begin(async (tx) => {
      const row = appointmentRow(clinic, 60, { patient_id: clinic.patients[2] });
      await insertRaw(tx, 'appointments', row);
      await tx`update appointments set starts_at = ${at(9)}, ends_at = ${at(11)}, version = version + 1 where ${rowOf(tx, row)}`;
    }),
  'give an appointment to a busy provider': (sql) =>
    sql.begin(async (tx) => {
      const row = appointmentRow(clinic, 8, { patient_id: clinic.patients[2], provider_id: clinic.providers[1], room_id: null });
      await insertRaw(tx, 'appointments', row);
      await tx`update appointments set provider_id = ${booked.provider_id ?? ''}, version = version + 1 where ${rowOf(tx, row)}`;
    }),
  'lengthen an appointment into the next one': (sql) =>
    sql.begin(async (tx) => {
      const row = appointmentRow(clinic, 6, { patient_id: clinic.patients[2] });
      await insertRaw(tx, 'appointments', row);
      await tx`update appointments set ends_at = ${at(9)}, version = version + 1 where ${rowOf(tx, row)}`;
    }),
  'reactivate a cancelled appointment into taken slots': (sql) =>
    sql`update appointments set status = 'booked', version = version + 1 where ${rowOf(sql, cancelled)}`,
  'change an appointment without raising its version': (sql) =>
    sql`update appointments set status = 'arrived' where ${rowOf(sql, booked)}`,
  'delete an appointment': (sql) => sql`delete from appointments where ${rowOf(sql, booked)}`,
  'book a provider of another organization': (sql) =>
    insertRaw(sql, 'appointments', appointmentRow(clinic, 60, { provider_id: other.providers[0] })),
  'book a room of another organization': (sql) =>
    insertRaw(sql, 'appointments', appointmentRow(clinic, 60, { room_id: other.rooms[0] })),
  'book a patient of another organization': (sql) =>
    insertRaw(sql, 'appointments', appointmentRow(clinic, 60, { patient_id: other.patients[0] })),
  'book a service of another organization': (sql) =>
    insertRaw(sql, 'appointments', appointmentRow(clinic, 60, { service_id: other.services.room })),
  'book at a site of another organization': (sql) =>
    insertRaw(sql, 'appointments', appointmentRow(clinic, 60, { site_id: other.siteId })),
  'move an appointment to another organization': (sql) =>
    sql`update appointments set org_id = ${other.orgId}, version = version + 1 where ${rowOf(sql, booked)}`,
  'book a room in the place of a provider': (sql) =>
    insertRaw(sql, 'appointments', appointmentRow(clinic, 60, { provider_id: clinic.rooms[1] })),
  'switch the triggers off for the session': (sql) =>
    sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await insertRaw(tx, 'claims', claim(40));
    }),
};

describe.each([
  ["as the owner of the tables and functions, the walls refuse to", owner],
  ["as the app's own role, the database refuses to", app],
] as const)('%s', (_, sql) => {
  it.each(Object.entries(attacks))('%s', async (_name, attack) => {
    await expect(attack(sql)).rejects.toMatchObject({
      name: 'PostgresError',
      code: expect.stringMatching(/^(HF00[1256]|23505|23503|23514|42501)$/),
    });
  });
});

it("gives the app's own role no trigger of its own to hide in", async () => {
  const inATransaction = (statement: string) => app.begin((tx) => tx.unsafe(statement));
  for (const statement of [
    'create temporary table bait (x integer)',
    'create table bait (x integer)',
    'create function pg_temp.bait() returns trigger language plpgsql as $$begin return null; end$$',
    'create trigger bait after update on slots execute function refuse_by_wall()',
    'select take_claims(a) from appointments a',
    'set role holdfast_owner',
  ]) {
    await expect(inATransaction(statement), statement).rejects.toMatchObject({ code: '42501' });
  }
});

describe('the audit trail', () => {
  const auditRow = () => ({ org_id: clinic.orgId, actor_id: clinic.userId, desk_id: 'd', action: 'a', entity: 'e', entity_id: uuidv7() });

  it.each([
    ["the app's own role", app],
    ['the owner', owner],
  ] as const)('is refused to change, delete or truncate to %s', async (_, sql) => {
    await insertRaw(owner, 'audit_events', auditRow());
    for (const statement of ["update audit_events set action = 'x'", 'delete from audit_events', 'truncate audit_events']) {
      await expect(sql.unsafe(statement)).rejects.toMatchObject({ code: expect.stringMatching(/^(HF005|42501)$/) });
    }
  });
});

describe('what is allowed by raw SQL', () => {
  it('takes the claims along when the owner books, moves and cancels by the row', async () => {
    const row = appointmentRow(clinic, 70, { patient_id: clinic.patients[3] });
    const claimedStarts = async () =>
      (
        await owner<{ starts_at: Date }[]>`select starts_at from claims where ${rowOf(owner, row)} order by resource_id, starts_at`
      ).map((found) => found.starts_at.toISOString().replace('.000', ''));
    await insertRaw(owner, 'appointments', row);
    expect(await claimedStarts()).toEqual([at(70), at(71), at(70), at(71)]);
    await owner`update appointments set starts_at = ${at(71)}, ends_at = ${at(73)}, version = version + 1 where ${rowOf(owner, row)}`;
    expect(await claimedStarts()).toEqual([at(71), at(72), at(71), at(72)]);
    await owner`update appointments set status = 'cancelled', version = version + 1 where ${rowOf(owner, row)}`;
    expect(await claimedStarts()).toEqual([]);
  });
});

it('leaves a calendar in which every promise holds', async () => {
  expect(await findInconsistencies(owner)).toEqual([]);
});
