import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';

import { instantOf } from '../../../core/domain/time/quarter.ts';
import { requireDone, requireRefused, withBookingDesk } from '../../builders/booking-desk.ts';
import { aboutCommand, bookCommand, envelope, moveCommand } from '../../builders/commands.ts';

const { admin, clinic, send } = await withBookingDesk({ providers: 3, rooms: 2, equipment: 1, patients: 6, days: 4 });
const [patient1 = '', patient2 = '', patient3 = ''] = clinic.patients;
const [provider1 = '', provider2 = '', provider3 = ''] = clinic.providers;
const [room1 = '', room2 = ''] = clinic.rooms;
const at = (offset: number) => instantOf(clinic.opensAt + offset);

async function heldBy(appointmentId: string): Promise<string[]> {
  const rows = await admin<{ resource_id: string; offset: number }[]>`
    select resource_id, (extract(epoch from starts_at) / 900)::integer - ${clinic.opensAt} as offset from slots
    where org_id = ${clinic.orgId} and ${appointmentId} = any (appointment_ids)`;
  return rows.map((row) => `${row.resource_id} ${row.offset}`).toSorted();
}
const expected = (...rows: [string, number[]][]) =>
  rows.flatMap(([resource, offsets]) => offsets.map((offset) => `${resource} ${offset}`)).toSorted();

describe('booking', () => {
  it('holds provider and room for the length of the service, and the room is chosen by the server', async () => {
    const visit = requireDone(await send('book', bookCommand(clinic, 0)));
    expect(visit).toMatchObject({ version: 1, status: 'booked', durationMinutes: 30, scheduledStart: at(0) });
    expect([room1, room2]).toContain(visit.roomId);
    expect(await heldBy(visit.appointmentId)).toEqual(expected([provider1, [0, 1]], [visit.roomId ?? '', [0, 1]]));
  });

  it('holds buffers for provider and room, and the equipment for the visit alone', async () => {
    const visit = requireDone(await send('book', bookCommand(clinic, 5, { serviceId: clinic.services.full })));
    expect(await heldBy(visit.appointmentId)).toEqual(
      expected([provider1, [4, 5, 6, 7]], [visit.roomId ?? '', [4, 5, 6, 7]], [visit.equipmentId ?? '', [5, 6]]),
    );
  });

  it('chooses the other room when one is taken, and spreads visits over both', async () => {
    const first = requireDone(await send('book', bookCommand(clinic, 10)));
    const second = requireDone(
      await send('book', bookCommand(clinic, 10, { providerId: provider2, patientId: patient2 })),
    );
    expect(new Set([first.roomId, second.roomId])).toEqual(new Set([room1, room2]));
  });

  it('refuses with every blocker at once: provider, each room, patient', async () => {
    requireDone(await send('book', bookCommand(clinic, 20, { roomId: room1 })));
    requireDone(
      await send('book', bookCommand(clinic, 20, { providerId: provider2, patientId: patient2, roomId: room2 })),
    );
    const refusal = requireRefused(await send('book', bookCommand(clinic, 21)), 'conflict');
    const blockers = refusal.data.blockers.map((blocker) => [
      blocker.reason,
      'resourceId' in blocker ? blocker.resourceId : null,
    ]);
    expect(blockers).toEqual(
      expect.arrayContaining([
        ['taken', provider1],
        ['taken', room1],
        ['taken', room2],
        ['patient-busy', null],
      ]),
    );
    expect(refusal.data.blockers).toHaveLength(4);
  });

  it('names five alternatives that can all be booked, the same provider first', async () => {
    requireDone(await send('book', bookCommand(clinic, 30)));
    const wish = bookCommand(clinic, 30, { patientId: patient3 });
    const { alternatives, asked } = requireRefused(await send('book', wish), 'conflict').data;
    expect(asked).toMatchObject({ scheduledStart: at(30), providerId: provider1, durationMinutes: 30 });
    expect(alternatives).toHaveLength(5);
    expect(alternatives[0]?.providerId).toBe(provider1);
    const [first] = alternatives;
    if (!first?.roomId) throw new Error('the service needs a room');
    const rebooked = requireDone(
      await send(
        'book',
        bookCommand(clinic, 0, { ...wish.body, scheduledStart: first.scheduledStart, roomId: first.roomId }),
      ),
    );
    expect(rebooked.scheduledStart).toBe(first.scheduledStart);
  });

  it('tells the names of other patients only to those who may see them', async () => {
    requireDone(await send('book', bookCommand(clinic, 40)));
    const wish = () => bookCommand(clinic, 40, { patientId: patient2 });
    const seen = requireRefused(await send('book', wish()), 'conflict').data.blockers;
    const hidden = requireRefused(await send('book', wish(), {}, ['book']), 'conflict').data.blockers;
    expect(seen.map((blocker) => 'patientName' in blocker && blocker.patientName)).toContain(`Patient ${patient1}`);
    expect(hidden.map((blocker) => 'patientName' in blocker && blocker.patientName)).not.toContain(
      `Patient ${patient1}`,
    );
    expect(JSON.stringify(hidden)).not.toContain('Patient ');
  });

  it.each([
    ['a visit that has ended', { scheduledStart: '2026-03-01T08:00:00Z' }, 'refused'],
    ['a room that is no room', { roomId: provider2 }, 'refused'],
    ['a service that is not there', { serviceId: uuidv7() }, 'not-found'],
    ['a patient who is not there', { patientId: uuidv7() }, 'not-found'],
  ] as const)('refuses %s', async (_, overrides, code) => {
    requireRefused(await send('book', bookCommand(clinic, 50, overrides)), code);
  });

  it('refuses slots that are off the roster as closed', async () => {
    const { blockers } = requireRefused(await send('book', bookCommand(clinic, clinic.openQuarters)), 'conflict').data;
    expect(new Set(blockers.map((blocker) => blocker.reason))).toEqual(new Set(['closed']));
  });

  it('refuses an actor who is not the person signed in', async () => {
    requireRefused(await send('book', { ...bookCommand(clinic, 50), actorId: uuidv7() }), 'forbidden');
  });
});

describe('moving', () => {
  const bookAt = async (offset: number, overrides = {}) =>
    requireDone(await send('book', bookCommand(clinic, offset, overrides)));

  it('by 15 minutes goes onto its own slots', async () => {
    const visit = await bookAt(60);
    const moved = requireDone(
      await send('move', moveCommand(clinic, 1, { appointmentId: visit.appointmentId, scheduledStart: at(61) })),
    );
    expect(moved).toMatchObject({ version: 2, scheduledStart: at(61), roomId: visit.roomId });
    expect(await heldBy(visit.appointmentId)).toEqual(expected([provider1, [61, 62]], [visit.roomId ?? '', [61, 62]]));
  });

  it('keeps the buffers of the booking, also when the service has none any more', async () => {
    const { full } = clinic.services;
    const visit = await bookAt(65, { serviceId: full, patientId: patient3, providerId: provider3 });
    const setBuffers = (minutes: number) => admin`update services
      set buffer_before_minutes = ${minutes}, buffer_after_minutes = ${minutes}
      where org_id = ${clinic.orgId} and service_id = ${full}`;
    await setBuffers(0);
    const change = { appointmentId: visit.appointmentId, scheduledStart: at(74) };
    const result = await send('move', moveCommand(clinic, 1, change));
    await setBuffers(15);
    const { roomId, equipmentId } = requireDone(result);
    expect(await heldBy(visit.appointmentId)).toEqual(
      expected([provider3, [73, 74, 75, 76]], [roomId ?? '', [73, 74, 75, 76]], [equipmentId ?? '', [74, 75]]),
    );
  });

  it('changes provider, room and length in one step', async () => {
    const visit = await bookAt(70, { roomId: room1 });
    const change = { appointmentId: visit.appointmentId, providerId: provider2, roomId: room2, durationMinutes: 45 };
    requireDone(await send('move', moveCommand(clinic, 1, change)));
    expect(await heldBy(visit.appointmentId)).toEqual(expected([provider2, [70, 71, 72]], [room2, [70, 71, 72]]));
  });

  it('onto taken slots changes nothing', async () => {
    const visit = await bookAt(80);
    await bookAt(84, { patientId: patient2 });
    const before = await heldBy(visit.appointmentId);
    const refusal = requireRefused(
      await send('move', moveCommand(clinic, 1, { appointmentId: visit.appointmentId, scheduledStart: at(83) })),
      'conflict',
    );
    expect(refusal.data.alternatives.length).toBeGreaterThan(0);
    expect(await heldBy(visit.appointmentId)).toEqual(before);
  });

  it('of a visit that somebody changed meanwhile is refused with the current state', async () => {
    const visit = await bookAt(90);
    const { appointmentId } = visit;
    requireDone(await send('move', moveCommand(clinic, 1, { appointmentId, scheduledStart: at(92) })));
    const refusal = requireRefused(
      await send('move', moveCommand(clinic, 1, { appointmentId, scheduledStart: at(94) })),
      'stale-version',
    );
    expect(refusal.data.current).toMatchObject({ version: 2, scheduledStart: at(92) });
  });

  it('of a cancelled visit is refused by its status', async () => {
    const { appointmentId } = await bookAt(100);
    requireDone(await send('cancel', aboutCommand(clinic, appointmentId)));
    requireRefused(
      await send('move', moveCommand(clinic, 2, { appointmentId, scheduledStart: at(104) })),
      'status-conflict',
    );
  });
});

describe('a cancellation', () => {
  it('gives every slot back, and a cancelled visit is not checked in', async () => {
    const { appointmentId } = requireDone(await send('book', bookCommand(clinic, 120)));
    requireDone(
      await send('cancel', { ...aboutCommand(clinic, appointmentId), body: { appointmentId, reason: 'ill' } }),
    );
    expect(await heldBy(appointmentId)).toEqual([]);
    requireRefused(await send('arrive', aboutCommand(clinic, appointmentId)), 'status-conflict');
    requireDone(await send('book', bookCommand(clinic, 120)));
  });
});

describe('raising a capacity', () => {
  const raise = (offset: number, slots = 2) => ({
    ...envelope(clinic),
    body: {
      resourceId: provider3,
      slotStarts: Array.from({ length: slots }, (_, n) => at(offset + n)),
      capacity: 2,
      reason: 'an emergency',
    },
  });

  it('lets one more visit in, by the same swap, and not a third', async () => {
    const wish = (patientId: string) =>
      bookCommand(clinic, 130, { providerId: provider3, serviceId: clinic.services.plain, patientId });
    requireDone(await send('book', wish(patient1)));
    requireRefused(await send('book', wish(patient2)), 'conflict');
    expect((await send('raise-capacity', raise(130))).ok).toBe(true);
    requireDone(await send('book', wish(patient2)));
    requireRefused(await send('book', wish(patient3)), 'conflict');
  });

  it('leaves a row with its reason in the audit trail', async () => {
    const command = raise(140, 1);
    await send('raise-capacity', command);
    const rows = await admin`select action, reason, actor_id from audit_events where command_id = ${command.commandId}`;
    expect(rows).toEqual([{ action: 'raise-capacity', reason: 'an emergency', actor_id: clinic.userId }]);
  });

  it('of a closed slot is refused', async () => {
    requireRefused(await send('raise-capacity', raise(-8)), 'not-found');
  });
});
