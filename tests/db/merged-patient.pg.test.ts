import postgres from 'postgres';
import { afterAll, expect, it } from 'vitest';

import { instantOf } from '../../core/domain/time/quarter.ts';
import { requireDone, requireRefused, withBookingDesk } from '../builders/booking-desk.ts';
import { aboutCommand, bookCommand } from '../builders/commands.ts';

// Two records of one person are merged by a change of the patient alone. The visit stays where it is, so no slot is written:
// a slot may be closed since, and another command may hold its lock.
const { admin, clinic, database, send } = await withBookingDesk({ days: 4 });
const other = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
afterAll(() => other.end());
const [twice = '', kept = '', third = ''] = clinic.patients;
let nextStretch = 0;
const stretch = () => (nextStretch += 12);

/** A visit with provider, room, equipment and buffers. */
const bookFull = async (offset: number) =>
  requireDone(await send('book', bookCommand(clinic, offset, { patientId: twice, serviceId: clinic.services.full })));

/** Where each slot's row lies, who wrote it, and what it says. */
const slotsOf = (appointmentId: string) => admin`
  select resource_id, starts_at, ctid::text, xmin::text, open, booked_count, appointment_ids from slots
  where ${appointmentId} = any (appointment_ids) order by resource_kind, starts_at`;
const claimsOf = (appointmentId: string) => admin<{ patient_id: string; starts_at: Date }[]>`
  select patient_id, starts_at from patient_claims where appointment_id = ${appointmentId} order by starts_at`;
const merge = (appointmentId: string, into = kept) =>
  admin.begin(async (tx) => {
    await tx`set local lock_timeout = '2s'`;
    await tx`update appointments set patient_id = ${into}, version = version + 1 where appointment_id = ${appointmentId}`;
  });
const quartersOf = (offset: number, patientId: string) =>
  [offset, offset + 1].map((n) => ({ patient_id: patientId, starts_at: new Date(instantOf(clinic.opensAt + n)) }));

it('the visit’s time is the other patient’s, and no slot was written', async () => {
  const offset = stretch();
  const { appointmentId } = await bookFull(offset);
  const before = await slotsOf(appointmentId);
  expect(before).toHaveLength(4 + 4 + 2);
  expect([...(await claimsOf(appointmentId))]).toEqual(quartersOf(offset, twice));
  await merge(appointmentId);
  expect([...(await slotsOf(appointmentId))]).toEqual([...before]);
  expect([...(await claimsOf(appointmentId))]).toEqual(quartersOf(offset, kept));
});

it('slots that were closed meanwhile stay with their visit', async () => {
  const offset = stretch();
  const { appointmentId } = await bookFull(offset);
  await admin`update slots set open = false where ${appointmentId} = any (appointment_ids)`;
  const before = await slotsOf(appointmentId);
  await merge(appointmentId);
  expect([...(await slotsOf(appointmentId))]).toEqual([...before]);
  expect([...(await claimsOf(appointmentId))]).toEqual(quartersOf(offset, kept));
});

it('a merge waits for nobody who holds the slots', async () => {
  const offset = stretch();
  const { appointmentId } = await bookFull(offset);
  await other.begin(async (tx) => {
    const held = await tx`select from slots where ${appointmentId} = any (appointment_ids) for update`;
    expect(held).toHaveLength(10);
    await merge(appointmentId);
  });
  expect([...(await claimsOf(appointmentId))]).toEqual(quartersOf(offset, kept));
});

it('a merge is refused where the other patient is in a visit at that time, and everything stays', async () => {
  const offset = stretch();
  const { appointmentId } = await bookFull(offset);
  const elsewhere = { patientId: third, providerId: clinic.providers[1] ?? '', serviceId: clinic.services.plain };
  requireDone(await send('book', bookCommand(clinic, offset + 1, elsewhere)));
  const before = await slotsOf(appointmentId);
  await expect(merge(appointmentId, third)).rejects.toMatchObject({
    constraint_name: 'patient_claims_one_visit_at_a_time',
  });
  expect([...(await slotsOf(appointmentId))]).toEqual([...before]);
  expect([...(await claimsOf(appointmentId))]).toEqual(quartersOf(offset, twice));
});

it('after a merge the patient’s time is taken, and a cancellation gives it back', async () => {
  const offset = stretch();
  const { appointmentId } = await bookFull(offset);
  await merge(appointmentId);
  const elsewhere = () =>
    bookCommand(clinic, offset, {
      patientId: kept,
      providerId: clinic.providers[1] ?? '',
      serviceId: clinic.services.plain,
    });
  requireRefused(await send('book', elsewhere()), 'conflict');
  requireDone(await send('cancel', aboutCommand(clinic, appointmentId)));
  expect(await slotsOf(appointmentId)).toHaveLength(0);
  requireDone(await send('book', elsewhere()));
});
