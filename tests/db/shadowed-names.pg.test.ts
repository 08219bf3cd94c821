import postgres from 'postgres';
import { afterAll, describe, expect, it } from 'vitest';

import { instantOf } from '../../core/domain/time/quarter.ts';
import { appointmentRow, insertRaw } from '../builders/appointment-row.ts';
import { redefinition } from '../builders/redefine.ts';
import { withDatabase } from '../harness/postgres.ts';
import { runAttack } from './attacks/run-attack.ts';
import { shadows } from './attacks/shadows.ts';
import { makeTarget, type Attack } from './attacks/target.ts';

/** Names that mean something else to a session must mean to the walls what they always do. */
const database = await withDatabase();
const owner = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
const app = postgres(database.databaseUrl, { max: 1, onnotice: () => {} });
const target = await makeTarget(owner);
const { clinic, booked, cancelled } = target;
afterAll(() => Promise.all([owner.end(), app.end()]));

const at = (offset: number) => instantOf(clinic.opensAt + offset);
const elsewhere = { provider_id: clinic.providers[1], room_id: clinic.rooms[1] };
const doubleBookings: Readonly<Record<string, Attack>> = {
  'the provider': (tx) =>
    insertRaw(tx, 'appointments', appointmentRow(clinic, 9, { patient_id: clinic.patients[2], room_id: null })),
  'the patient': (tx) => insertRaw(tx, 'appointments', appointmentRow(clinic, 8, elsewhere)),
  'the provider, by a move': async (tx) => {
    const row = appointmentRow(clinic, 60, { patient_id: clinic.patients[2] });
    await insertRaw(tx, 'appointments', row);
    await tx`update holdfast.appointments set starts_at = ${at(8)}, ends_at = ${at(10)}, version = 2
      where appointment_id operator(pg_catalog.=) ${row.appointment_id}::uuid`;
  },
  'the provider, by a cancelled visit': (tx) =>
    tx`update holdfast.appointments set status = 'booked', version = 2
      where appointment_id operator(pg_catalog.=) ${cancelled.appointment_id}::uuid`,
  'a slot, by counting it free': (tx) =>
    tx`update holdfast.slots set booked_count = 0 where resource_id operator(pg_catalog.=) ${booked.provider_id ?? ''}::uuid`,
  'a slot off the quarter': (tx) =>
    insertRaw(tx, 'appointments', appointmentRow(clinic, 40, { starts_at: at(40).replace(':00Z', ':30Z') })),
};

const pairs = Object.entries(shadows).flatMap(([name, text]) =>
  Object.entries(doubleBookings).map(([what, attack]): [string, string, string, Attack] => [name, what, text, attack]),
);

describe('the owner', () => {
  it.each(pairs)('with %s, cannot double-book %s', async (_name, _what, text, attack) => {
    const shadowed: Attack = async (tx) => {
      await tx.unsafe(text).simple();
      await attack(tx);
    };
    expect(await runAttack(owner, shadowed)).toMatchObject({
      refused: expect.stringMatching(/^(HF001|HF005|23505|23514)$/) as unknown,
    });
  });

  it.each(Object.keys(shadows))('with %s, still books what is free, and its slots name it', async (name) => {
    const booking: Attack = async (tx) => {
      await tx.unsafe(shadows[name] ?? '').simple();
      await insertRaw(tx, 'appointments', appointmentRow(clinic, 30, { patient_id: clinic.patients[3] }));
    };
    expect(await runAttack(owner, booking)).toMatchObject({ refused: null, broken: [] });
  });
});

it.each(Object.keys(shadows).filter((name) => name !== 'no search_path'))(
  "the app's role cannot make %s",
  async (name) => {
    const result = await runAttack(app, (tx) => tx.unsafe(shadows[name] ?? '').simple());
    expect(result).toMatchObject({ refused: '42501' });
  },
);

it('without the fixed search_path, a temporary table of slots lets a double booking in', async () => {
  const open = await redefinition(owner, 'appointment_takes_effect', ["SET search_path TO 'holdfast', 'pg_temp'", '']);
  const result = await runAttack(owner, async (tx) => {
    await tx.unsafe(open);
    await tx.unsafe(shadows['a temporary table of slots that are all free'] ?? '').simple();
    await insertRaw(tx, 'appointments', appointmentRow(clinic, 9, { patient_id: clinic.patients[2], room_id: null }));
  });
  expect(result).toMatchObject({
    broken: expect.arrayContaining([
      expect.objectContaining({ promise: 'no slot holds more visits than its capacity' }),
    ]) as unknown,
  });
});
