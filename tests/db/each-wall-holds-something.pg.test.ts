import postgres from 'postgres';
import { afterAll, describe, expect, it } from 'vitest';

import { appointmentRow, insertRaw } from '../builders/appointment-row.ts';
import { redefinition } from '../builders/redefine.ts';
import { withDatabase } from '../harness/postgres.ts';
import { constraintAttacks } from './attacks/constraints.ts';
import { behindOthers, domainAttacks } from './attacks/domains.ts';
import { namedAttacksOn } from './attacks/named.ts';
import { runAttack, statements } from './attacks/run-attack.ts';
import { keysOfTables, makeTarget, tablesOfTheServer, type Attack } from './attacks/target.ts';

/**
 * A wall that nothing leans on is decoration, and a test that passes without it proves nothing. So each wall is taken
 * away, and the attack that it alone refuses must then get through.
 */
const database = await withDatabase();
const owner = postgres(database.adminDatabaseUrl, { max: 2, onnotice: () => {} });
const target = await makeTarget(owner);
const attacks = namedAttacksOn(target);
afterAll(() => owner.end());

type AttackName = keyof typeof attacks;

/** The SQLSTATE with which the attack is refused after the mutation, or null where it gets through. Nothing remains. */
async function refusalAfter(mutation: string, attack: Attack): Promise<string | null> {
  const result = await runAttack(owner, async (tx) => {
    await tx.unsafe(mutation).simple();
    await attack(tx);
  });
  return result.refused;
}

/** The statement that defines a function anew with one piece of its text taken out. */
const without = (functionName: string, piece: string, instead = '') =>
  redefinition(owner, functionName, [piece, instead]);

const triggers: Readonly<Record<string, AttackName>> = {
  'appointments.appointment_takes_effect': 'insert an appointment over the same provider',
  'appointments.appointment_changes_effect': "move an appointment's window onto taken slots",
  'appointments.appointment_key_and_version': 'rewrite the note of an appointment without raising its version',
  'appointments.appointment_is_never_deleted': 'delete an appointment',
  'patient_claims.patient_claims_follow_appointments': 'delete the claims of a patient',
  'slots.slots_open_unbooked': 'insert a slot that is booked already',
  'slots.slots_follow_appointments': 'name a visit on a free slot, and count it',
  'slots.slots_keep_their_place': 'move a booked slot',
  'slots.slots_with_bookings_stay': 'delete a booked slot',
  'services.services_stay': 'delete a service',
  'services.services_keep_their_key': 'give a service another id',
  'commands.command_is_remembered': 'forget a command of the last 180 days',
  'outgoing_messages.outgoing_message_is_settled_once': 'send a message that was withdrawn',
  'desk_pairings.desk_pairing_is_good_once': 'use a pairing code again',
  'appointment_events.appointment_events_are_append_only': 'forget what happened to a visit',
  'audit_events.audit_is_append_only': 'rewrite the audit trail',
};

describe('without its trigger', () => {
  it('every trigger is in this list', async () => {
    const found = await owner<{ name: string }[]>`
      select tgrelid::regclass || '.' || tgname as name from pg_trigger
      where not tgisinternal and tgname <> 'never_truncated' order by 1`;
    expect(found.map((row) => row.name)).toEqual(Object.keys(triggers).toSorted());
  });

  it.each(Object.entries(triggers))('%s, someone can %s', async (trigger, attack) => {
    const [table, name] = trigger.split('.');
    // A service that is in use is also held by the providers who offer it; that is not this trigger's doing.
    const alone = table === 'services' ? 'drop table service_providers;' : '';
    expect(await refusalAfter(`${alone} drop trigger ${name} on ${table}`, attacks[attack])).toBeNull();
  });
});

describe('without never_truncated', () => {
  const tables = [...Object.keys(keysOfTables), ...tablesOfTheServer];

  it('every table has it', async () => {
    const found = await owner<{ name: string }[]>`
      select tgrelid::regclass::text as name from pg_trigger where tgname = 'never_truncated'`;
    expect(found.map((row) => row.name).toSorted()).toEqual(tables.toSorted());
  });

  // Each stands alone here: what refers to the table has none, so that nothing else refuses.
  it.each(tables)('of %s, someone can truncate it', async (table) => {
    const truncation = statements(`truncate holdfast.${table} cascade`);
    const dropOn = (names: readonly string[]) =>
      names.map((name) => `drop trigger never_truncated on holdfast.${name};`).join(' ');
    const others = tables.filter((name) => name !== table);
    expect(await refusalAfter(dropOn(others), truncation)).toBe('HF005');
    expect(await refusalAfter(dropOn(tables), truncation)).toBeNull();
  });
});

describe('without its constraint', () => {
  const constraints = constraintAttacks(target);
  const domains = domainAttacks(target);

  it('every constraint is in the list, and every domain', async () => {
    const found = await owner<{ name: string }[]>`
      select conrelid::regclass || '.' || conname as name from pg_constraint
        where connamespace = 'holdfast'::regnamespace and conrelid <> 0 and contype in ('c', 'f', 'p', 'u', 'x')`;
    expect(found.map((row) => row.name).toSorted()).toEqual(
      [...Object.keys(constraints), ...Object.keys(behindOthers)].toSorted(),
    );
    const types = await owner<{ name: string }[]>`
      select typname as name from pg_type where typnamespace = 'holdfast'::regnamespace and typtype = 'd'`;
    expect(types.map((row) => row.name).toSorted()).toEqual(Object.keys(domains).toSorted());
  });

  it.each(Object.entries(constraints))('%s, its attack gets through', async (constraint, text) => {
    const [table = '', name = ''] = constraint.split('.');
    expect(await runAttack(owner, statements(text))).toMatchObject({ constraint: name });
    expect(await refusalAfter(`alter table ${table} drop constraint ${name} cascade`, statements(text))).toBeNull();
  });

  it.each(Object.entries(domains))('%s, its attack gets through', async (domain, text) => {
    expect(await refusalAfter('select 1', statements(text))).toBe('23514');
    const mutation = `alter domain ${domain} drop constraint ${domain}_check`;
    expect(await refusalAfter(mutation, statements(text))).toBeNull();
  });
});

describe('without its part of the swap', () => {
  it.each<[string, string, AttackName]>([
    [' and s.open', '', 'claim a closed slot'],
    ["when 'room' then s.resource_id = new.room_id", "when 'room' then true", 'book a room in the place of a provider'],
    ['s.site_id = new.site_id and ', '', 'book at a site of another organization'],
  ])('"%s", someone can %s%s', async (piece, instead, attack) => {
    expect(await refusalAfter(await without('appointment_takes_effect', piece, instead), attacks[attack])).toBeNull();
  });

  it('organization and site, someone can book a provider of another organization', async () => {
    const mutation = (
      await without('appointment_takes_effect', 's.org_id = new.org_id and s.resource_id', 's.resource_id')
    ).replace('s.site_id = new.site_id and ', '');
    expect(await refusalAfter(mutation, attacks['book a provider of another organization'])).toBeNull();
  });

  it('the look at the service, someone can book a service of another organization', async () => {
    const mutation = await without(
      'appointment_takes_effect',
      's.org_id = new.org_id and s.service_id',
      's.service_id',
    );
    expect(await refusalAfter(mutation, attacks['book a service of another organization'])).toBeNull();
  });

  it('the comparison, the constraint on the count is reached in the place of the swap', async () => {
    const mutation = await without('appointment_takes_effect', ' and s.booked_count < s.capacity');
    const attack = attacks['insert an appointment over the same provider'];
    expect(await refusalAfter('select 1', attack)).toBe('HF001');
    expect(await refusalAfter(mutation, attack)).toBe('23514');
  });

  it('the swap altogether, the slot still refuses, and without its constraint a double booking gets through', async () => {
    const noComparison = await without('appointment_takes_effect', ' and s.booked_count < s.capacity');
    const noConstraint = `${noComparison}; alter table slots drop constraint slots_never_overbooked`;
    const twice: Attack = async (tx) => {
      const { clinic } = target;
      await insertRaw(tx, 'appointments', appointmentRow(clinic, 60));
      await insertRaw(tx, 'appointments', appointmentRow(clinic, 60, { patient_id: clinic.patients[1] }));
    };
    expect(await refusalAfter(noComparison, twice)).toBe('23514');
    expect(await refusalAfter(noConstraint, twice)).toBeNull();
  });

  it.each([
    ['the count', 'booked_count = s.booked_count + 1, ', ''],
    ['the name', ', appointment_ids = s.appointment_ids || new.appointment_id', ''],
    [
      'one name of two',
      's.appointment_ids || new.appointment_id',
      's.appointment_ids || array[new.appointment_id, new.patient_id]',
    ],
  ])('%s, the constraint finds that count and names disagree', async (_what, piece, instead) => {
    const booking: Attack = (tx) => insertRaw(tx, 'appointments', appointmentRow(target.clinic, 60));
    expect(await refusalAfter('select 1', booking)).toBeNull();
    const mutation = await without('appointment_takes_effect', piece, instead);
    expect(await refusalAfter(mutation, booking)).toBe('23514');
    const unseen = `${mutation}; alter table slots drop constraint slots_never_overbooked`;
    expect(await refusalAfter(unseen, booking)).toBeNull();
  });

  it('the look for its own name, a visit holds one slot twice', async () => {
    const { clinic } = target;
    // Only a hole in the rest could make a visit take a slot again: here the comparison of old and new stretches.
    const again = await without(
      'appointment_takes_effect',
      'kept_stretch(old, new, k) stretch',
      'kept_stretch(old, new, 9) stretch',
    );
    const lengthened: Attack = async (tx) => {
      const row = appointmentRow(clinic, 60);
      await tx`update holdfast.slots set capacity = 2 where org_id = ${clinic.orgId}`;
      await insertRaw(tx, 'appointments', row);
      await tx`update holdfast.appointments set ends_at = ends_at + interval '15 minutes', version = 2
        where appointment_id = ${row.appointment_id}`;
    };
    expect(await refusalAfter('select 1', lengthened)).toBeNull();
    expect(await refusalAfter(again, lengthened)).toBe('HF001');
    const ownName = ['appointment_takes_effect', 'and new.appointment_id <> all (s.appointment_ids)'] as const;
    // The count of swaps alone finds that too much was taken; without either, the visit holds its slots twice.
    expect(await refusalAfter(await without(...ownName), lengthened)).toBe('HF001');
    const unseen = (await without(...ownName)).replace(
      'kept_stretch(old, new, k) stretch',
      'kept_stretch(old, new, 9) stretch',
    );
    expect(await refusalAfter(unseen, lengthened)).toBeNull();
  });

  it('the look after an update, a slot that lost its name is swapped in the place of a taken one', async () => {
    const { clinic } = target;
    const row = appointmentRow(clinic, 60);
    const moved: Attack = async (tx) => {
      await insertRaw(tx, 'appointments', row);
      await insertRaw(tx, 'appointments', appointmentRow(clinic, 62, { patient_id: clinic.patients[1] }));
      await tx.unsafe(`alter table slots disable trigger slots_follow_appointments;
        update slots set booked_count = 0, appointment_ids = '{}'
          where '${row.appointment_id}' = any (appointment_ids) and starts_at = '${row.starts_at}'::timestamptz + interval '15 minutes'`);
      // The visit keeps its second quarter, which no longer names it, and wants the next one, which is taken.
      await tx`update holdfast.appointments set version = 2, starts_at = starts_at + interval '15 minutes',
        ends_at = ends_at + interval '15 minutes' where appointment_id = ${row.appointment_id}`;
    };
    expect(await refusalAfter('select 1', moved)).toBe('HF001');
    const blind = await without('appointment_takes_effect', "or (tg_op = 'UPDATE' and missing_slot(new) is not null)");
    expect(await refusalAfter(blind, moved)).toBeNull();
  });

  it('the release, a visit that goes leaves its name behind, and a release of what is not there raises', async () => {
    const { booked } = target;
    const cancel: Attack = (tx) =>
      tx`update holdfast.appointments set status = 'cancelled', version = version + 1 where appointment_id = ${booked.appointment_id}`;
    const nameless = `alter table slots disable trigger slots_follow_appointments;
      update slots set booked_count = 0, appointment_ids = '{}' where '${booked.appointment_id}' = any (appointment_ids)`;
    expect(await refusalAfter(nameless, cancel)).toBe('HF005');
    expect(
      await runAttack(owner, async (tx) => {
        await tx.unsafe(await without('appointment_takes_effect', 'perform release_slots(old, new)', 'null'));
        await cancel(tx);
      }),
    ).toMatchObject({
      broken: expect.arrayContaining([
        expect.objectContaining({ promise: 'every appointment that a slot names holds it' }),
      ]) as unknown,
    });
  });
});

it('refuses to judge a command below SERIALIZABLE', async () => {
  const call: Attack = (tx) => tx`select enter_command(
    jsonb_populate_record(null::command_envelope, '{}'::jsonb), 'null'::jsonb)`;
  expect(await refusalAfter('select 1', call)).toBe('HF005');
});
