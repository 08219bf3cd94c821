import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe, expect, it } from 'vitest';

import { instantOf } from '../../core/domain/time/quarter.ts';
import { appointmentRow, insertRaw } from '../builders/appointment-row.ts';
import { findInconsistencies } from '../builders/inconsistencies.ts';
import { withDatabase } from '../harness/postgres.ts';
import { attacksOn } from './attacks/all.ts';
import { runAttack } from './attacks/run-attack.ts';
import { makeTarget, type Attack } from './attacks/target.ts';

const database = await withDatabase();
const owner = postgres(database.adminDatabaseUrl, { max: 4, onnotice: () => {} });
const app = postgres(database.databaseUrl, { max: 4, onnotice: () => {} });
const target = await makeTarget(owner);
const { clinic } = target;
const at = (offset: number) => instantOf(clinic.opensAt + offset);

afterAll(async () => {
  await owner.end();
  await app.end();
});

describe.each([
  ['as the owner of the tables and functions, the walls refuse to', owner],
  ["as the app's own role, the database refuses to", app],
] as const)('%s', (_, sql) => {
  it.each(Object.entries<Attack>(attacksOn(target)))('%s', async (_name, attack) => {
    expect(await runAttack(sql, attack)).toMatchObject({
      refused: expect.stringMatching(/^(HF00[1256]|2350[2345]|23514|42501|22P02|428C9)$/) as unknown,
    });
  });
});

it("gives the app's own role no trigger of its own to hide in", async () => {
  const inATransaction = (statement: string) => app.begin((tx) => tx.unsafe(statement));
  for (const statement of [
    'create temporary table bait (x integer)',
    'create table bait (x integer)',
    'create function pg_temp.bait() returns trigger language plpgsql as $$begin return null; end$$',
    'create trigger bait after update on holdfast.slots execute function holdfast.refuse_by_wall()',
    'select holdfast.release_slots(a, a) from holdfast.appointments a',
    'set role holdfast_owner',
  ]) {
    await expect(inATransaction(statement), statement).rejects.toMatchObject({ code: '42501' });
  }
});

describe('the audit trail', () => {
  const auditRow = () => ({
    org_id: clinic.orgId,
    actor_id: clinic.userId,
    actor_kind: 'person',
    desk_id: 'd',
    action: 'a',
    entity: 'e',
    entity_id: uuidv7(),
  });

  it.each([
    ["the app's own role", app],
    ['the owner', owner],
  ] as const)('is refused to change, delete or truncate to %s', async (_, sql) => {
    await insertRaw(owner, 'audit_events', auditRow());
    for (const statement of [
      "update holdfast.audit_events set action = 'x'",
      'delete from holdfast.audit_events',
      'truncate holdfast.audit_events',
    ]) {
      await expect(sql.unsafe(statement)).rejects.toMatchObject({ code: expect.stringMatching(/^(HF005|42501)$/) });
    }
  });
});

describe("the app's own role reaches patients through two functions alone", () => {
  const patient = () => ({
    org_id: clinic.orgId,
    patient_id: uuidv7(),
    display_name: 'Mallory',
    birth_date: '1980-01-01',
  });

  it('and writes none by a statement of its own', async () => {
    const ofClinic = app`org_id = ${clinic.orgId}`;
    await expect(insertRaw(app, 'patients', patient())).rejects.toMatchObject({ code: '42501' });
    await expect(app`update holdfast.patients set display_name = 'Mallory' where ${ofClinic}`).rejects.toMatchObject({
      code: '42501',
    });
    await expect(app`delete from holdfast.patients where ${ofClinic}`).rejects.toMatchObject({ code: '42501' });
    await expect(app`truncate holdfast.patients cascade`).rejects.toMatchObject({ code: '42501' });
  });

  it('and registers none outside of a serializable transaction, where a replay could be missed', async () => {
    const envelope = {
      org_id: clinic.orgId,
      command_id: uuidv7(),
      body_hash: '\\x00',
      command_type: 'register-patient',
    };
    const register = app`select holdfast_api.register_patient(${clinic.orgId}, ${app.json(envelope)}, ${app.json(patient())})`;
    await expect(register).rejects.toMatchObject({ code: 'HF005' });
  });

  it('and finds none by a name or a number that is written as SQL', async () => {
    const everybody = await owner`select from holdfast.patients where org_id = ${clinic.orgId}`;
    expect(everybody.length).toBeGreaterThan(0);
    for (const hostile of ["x' or true --", "') or (true", '$1[1] or true', '%', "%' or '1' = '1"]) {
      expect(
        await app`select from holdfast_api.search_patients(${clinic.orgId}, ${hostile}, '{}', 50)`,
        hostile,
      ).toHaveLength(0);
      expect(
        await app`select from holdfast_api.search_patients(${clinic.orgId}, '', ${[hostile]}::text[], 50)`,
        hostile,
      ).toHaveLength(0);
    }
  });
});

describe("the app's own role", () => {
  const message = { ...ofVisit(), command_id: uuidv7() };
  const ofClinic = app`org_id = ${clinic.orgId}`;

  function ofVisit() {
    const { appointment_id, patient_id } = target.booked;
    return { org_id: clinic.orgId, kind: 'cancelled', appointment_id, patient_id };
  }

  it.each<[string, Attack]>([
    ['forge a message', (tx) => insertRaw(tx, 'outgoing_messages', message)],
    ['withdraw a message', (tx) => tx`update holdfast.outgoing_messages set withdrawn_at = now() where ${ofClinic}`],
    [
      'have a message sent at once',
      (tx) => tx`update holdfast.outgoing_messages set not_before = now() where ${ofClinic}`,
    ],
    ['take a message away', (tx) => tx`delete from holdfast.outgoing_messages where ${ofClinic}`],
    ['take all messages away', (tx) => tx`truncate holdfast.outgoing_messages`],
    [
      'queue or withdraw a message by the part of a command that does it',
      (tx) =>
        tx`select holdfast.tell_patient(null::holdfast.command_envelope, a, 'cancelled') from holdfast.appointments a where ${ofClinic}`,
    ],
    ['bring a visit back', (tx) => tx`update holdfast.appointments set status = 'booked' where ${ofClinic}`],
    [
      'say what a visit was before',
      (tx) => tx`update holdfast.appointments set cancelled_from = 'arrived' where ${ofClinic}`,
    ],
    ['take a wish off the list', (tx) => tx`update holdfast.waitlist_entries set left_at = now() where ${ofClinic}`],
    ['read the hashes of codes', (tx) => tx`select code_hash from holdfast.desk_pairings`],
    ['read the hashes of tokens of desks', (tx) => tx`select token_hash from holdfast.desks`],
    ['count the desks', (tx) => tx`select count(*) from holdfast.desks`],
    ['read messages', (tx) => tx`select from holdfast.outgoing_messages`],
    ['let a code live longer', (tx) => tx`update holdfast.desk_pairings set expires_at = now() + interval '1 year'`],
    ['use a code again', (tx) => tx`update holdfast.desk_pairings set used_at = null`],
    [
      'enter a desk by hand',
      (tx) => tx`insert into holdfast.desks (org_id, desk_id, name, token_hash)
      values (${clinic.orgId}, ${uuidv7()}, 'Mallory', 'x')`,
    ],
    ['give a desk another token', (tx) => tx`update holdfast.desks set token_hash = 'x' where ${ofClinic}`],
    ['let a desk back in', (tx) => tx`update holdfast.desks set revoked_at = null where ${ofClinic}`],
  ])('cannot %s', async (_, attack) => {
    await expect(app.begin(attack)).rejects.toMatchObject({ code: '42501' });
  });

  it('undoes nothing outside of a serializable transaction', async () => {
    const envelope = app.json({ command_id: uuidv7(), body_hash: '\\x00' });
    for (const call of [
      app`select holdfast_api.reinstate_appointment(${clinic.orgId}, ${envelope},
        ${target.cancelled.appointment_id}, 1)`,
      app`select holdfast_api.leave_waitlist(${clinic.orgId}, ${envelope}, ${uuidv7()})`,
    ]) {
      await expect(call).rejects.toMatchObject({ code: 'HF005' });
    }
  });
});

describe('what is allowed by raw SQL', () => {
  it('takes the slots along when the owner books, moves and cancels by the row', async () => {
    const row = appointmentRow(clinic, 70, { patient_id: clinic.patients[3] });
    const ofRow = owner`org_id = ${clinic.orgId} and appointment_id = ${row.appointment_id}`;
    const heldStarts = async () =>
      (
        await owner<
          { starts_at: Date }[]
        >`select starts_at from holdfast.slots where ${row.appointment_id} = any (appointment_ids) order by resource_id, starts_at`
      ).map((found) => found.starts_at.toISOString().replace('.000', ''));
    await insertRaw(owner, 'appointments', row);
    expect(await heldStarts()).toEqual([at(70), at(71), at(70), at(71)]);
    await owner`update holdfast.appointments set starts_at = ${at(71)}, ends_at = ${at(73)}, version = version + 1 where ${ofRow}`;
    expect(await heldStarts()).toEqual([at(71), at(72), at(71), at(72)]);
    await owner`update holdfast.appointments set status = 'cancelled', version = version + 1 where ${ofRow}`;
    expect(await heldStarts()).toEqual([]);
  });
});

it('leaves a calendar in which every promise holds', async () => {
  expect(await findInconsistencies(owner)).toEqual([]);
});
