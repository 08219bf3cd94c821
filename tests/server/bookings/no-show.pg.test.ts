import { describe, expect, it } from 'vitest';

import { instantOf } from '../../../core/domain/time/quarter.ts';
import { requireDone, requireRefused, withBookingDesk } from '../../builders/booking-desk.ts';
import { aboutCommand, bookCommand, moveCommand } from '../../builders/commands.ts';
import { holdDatabaseClock } from '../../builders/database-clock.ts';

/** The clinic opened an hour and seven minutes ago: visits from quarter 4 on have begun, or are to come. */
const { admin, clinic, send } = await withBookingDesk({ providers: 9, rooms: 9, patients: 9, equipment: 3 });
const now = Date.parse(instantOf(clinic.opensAt + 4)) + 7 * 60_000;
const setClock = await holdDatabaseClock(admin, now);
const at = (offset: number) => instantOf(clinic.opensAt + offset);

let visits = 0;
/** A visit of an hour that began with the running quarter, with a provider, a room and a patient of its own. */
async function booked(serviceId = clinic.services.room) {
  const n = visits++;
  const [providerId = '', roomId = '', patientId = ''] = [clinic.providers[n], clinic.rooms[n], clinic.patients[n]];
  const own = { providerId, roomId, patientId, serviceId, durationMinutes: 60 };
  const visit = requireDone(await send('book', bookCommand(clinic, 4, own)));
  return { ...own, appointmentId: visit.appointmentId };
}

/** The slots that name a visit: the kind and the quarter after the opening. */
async function heldBy(appointmentId: string): Promise<string[]> {
  const rows = await admin<{ kind: string; offset: number }[]>`
    select resource_kind as kind, (extract(epoch from starts_at) / 900)::integer - ${clinic.opensAt} as offset from slots
    where org_id = ${clinic.orgId} and ${appointmentId} = any (appointment_ids) order by resource_kind, starts_at`;
  return rows.map(({ kind, offset }) => `${kind} ${offset}`);
}

describe('a visit whose patient did not come', () => {
  it('holds its slots to the end of the running quarter, and gives the rest back', async () => {
    const { appointmentId } = await booked();
    const missed = requireDone(await send('no-show', aboutCommand(clinic, appointmentId)));
    expect(missed).toMatchObject({ status: 'noshow', holdsUntil: at(5) });
    expect(await heldBy(appointmentId)).toEqual(['provider 4', 'room 4']);
    const [claims] =
      await admin`select count(*)::integer as n from patient_claims where appointment_id = ${appointmentId}`;
    expect(claims).toEqual({ n: 1 });
  });

  it('keeps the buffer before and gives the buffer after back', async () => {
    const { appointmentId } = await booked(clinic.services.full);
    requireDone(await send('no-show', aboutCommand(clinic, appointmentId)));
    expect(await heldBy(appointmentId)).toEqual(['equipment 4', 'provider 3', 'provider 4', 'room 3', 'room 4']);
  });

  it('lets somebody else in, who then stands in the way of its patient, with free times beside', async () => {
    const { appointmentId, ...own } = await booked();
    requireDone(await send('no-show', aboutCommand(clinic, appointmentId)));
    const rival = bookCommand(clinic, 6, { ...own, durationMinutes: 30, patientId: clinic.patients[8] ?? '' });
    requireDone(await send('book', rival));
    const back = aboutCommand(clinic, appointmentId);
    const refusal = requireRefused(await send('un-no-show', back), 'conflict');
    expect(refusal.data.blockers).toEqual([
      expect.objectContaining({ reason: 'taken', kind: 'provider', startsAt: at(6), endsAt: at(8) }),
      expect.objectContaining({ reason: 'taken', kind: 'room', startsAt: at(6), endsAt: at(8) }),
    ]);
    expect(refusal.data.alternatives.length).toBeGreaterThan(0);
    // Sent again, the command has its first answer; the visit is as it was.
    requireRefused(await send('un-no-show', back), 'conflict');
    expect(await heldBy(appointmentId)).toEqual(['provider 4', 'room 4']);
  });

  it('takes the rest again where it is free, though a slot that it kept was closed meanwhile', async () => {
    const { appointmentId, providerId } = await booked();
    requireDone(await send('no-show', aboutCommand(clinic, appointmentId)));
    await admin`update slots set open = false where resource_id = ${providerId} and starts_at = ${at(4)}`;
    const back = requireDone(await send('un-no-show', aboutCommand(clinic, appointmentId)));
    expect(back).toMatchObject({ status: 'booked', holdsUntil: null });
    expect(await heldBy(appointmentId)).toEqual(
      ['provider', 'room'].flatMap((kind) => [4, 5, 6, 7].map((offset) => `${kind} ${offset}`)),
    );
  });

  it('is a conflict where the rest was closed', async () => {
    const { appointmentId, providerId } = await booked();
    requireDone(await send('no-show', aboutCommand(clinic, appointmentId)));
    await admin`update slots set open = false where resource_id = ${providerId} and starts_at = ${at(6)}`;
    const refusal = requireRefused(await send('un-no-show', aboutCommand(clinic, appointmentId)), 'conflict');
    expect(refusal.data.blockers).toEqual([
      expect.objectContaining({ reason: 'closed', kind: 'provider', startsAt: at(6), endsAt: at(7) }),
    ]);
  });

  it('is noted after its end too, and then holds everything that it held', async () => {
    const { appointmentId } = await booked();
    await setClock(Date.parse(at(20)));
    const missed = requireDone(await send('no-show', aboutCommand(clinic, appointmentId)));
    expect(missed.holdsUntil).toBe(at(21));
    expect(await heldBy(appointmentId)).toHaveLength(8);
    requireDone(await send('un-no-show', aboutCommand(clinic, appointmentId)));
    await setClock(now);
  });

  it('is not noted of a visit that is still to come', async () => {
    const n = visits++;
    const [providerId = '', patientId = ''] = [clinic.providers[n], clinic.patients[n]];
    const later = bookCommand(clinic, 5, { providerId, patientId, serviceId: clinic.services.plain });
    const { appointmentId } = requireDone(await send('book', later));
    const refusal = requireRefused(await send('no-show', aboutCommand(clinic, appointmentId)), 'refused');
    expect(refusal.data.reason).toBe('not-begun');
  });
});

it('a visit whose patient has arrived is not moved to another day, and is moved within the day', async () => {
  const { appointmentId } = await booked();
  requireDone(await send('arrive', aboutCommand(clinic, appointmentId)));
  const to = (offset: number) => moveCommand(clinic, 2, { appointmentId, scheduledStart: at(offset) });
  // At the site it is the next day, half past midnight.
  expect(requireRefused(await send('move', to(66)), 'refused').data.reason).toBe('not-today');
  expect(requireDone(await send('move', to(12)))).toMatchObject({ status: 'arrived', scheduledStart: at(12) });
});
