import { afterEach, describe, expect, it } from 'vitest';

import { instantOf } from '../../../core/domain/time/quarter.ts';
import { requireDone, requireRefused, withBookingDesk } from '../../builders/booking-desk.ts';
import { aboutCommand, bookCommand, moveCommand, reinstateCommand } from '../../builders/commands.ts';

const { admin, clinic, send } = await withBookingDesk({ rooms: 3, days: 4 });
const at = (offset: number) => instantOf(clinic.opensAt + offset);
/** Each test has its own stretch of the calendar. */
let nextStretch = 0;
const stretch = () => (nextStretch += 12);

afterEach(async () => {
  await admin`update services set active = true`;
  await admin`update resources set active = true`;
});

/** A visit with provider 1 in room 1. */
const bookedAt = async (offset: number, overrides: Parameters<typeof bookCommand>[2] = {}) =>
  requireDone(await send('book', bookCommand(clinic, offset, { roomId: clinic.rooms[0], ...overrides })));

const retire = (resourceId = '') => admin`update resources set active = false where resource_id = ${resourceId}`;
const retired: readonly [what: string, retire: () => Promise<unknown>][] = [
  ['service', () => admin`update services set active = false where service_id = ${clinic.services.room}`],
  ['provider', () => retire(clinic.providers[0])],
  ['room', () => retire(clinic.rooms[0])],
];

describe.each(retired)('a visit whose %s was retired', (_, retireIt) => {
  it('is moved', async () => {
    const offset = stretch();
    const { appointmentId } = await bookedAt(offset);
    await retireIt();
    const moved = await send('move', moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 4) }));
    expect(requireDone(moved)).toMatchObject({
      scheduledStart: at(offset + 4),
      providerId: clinic.providers[0],
      roomId: clinic.rooms[0],
    });
  });

  it('comes back after it was cancelled', async () => {
    const before = await bookedAt(stretch());
    const { appointmentId } = before;
    requireDone(await send('cancel', aboutCommand(clinic, appointmentId)));
    await retireIt();
    const back = requireDone(await send('reinstate', reinstateCommand(clinic, 2, appointmentId)));
    expect(back).toEqual({ ...before, version: 3 });
  });

  it('still stands in the way of another, which is explained', async () => {
    const offset = stretch();
    const taken = await bookedAt(offset);
    const late = await bookedAt(offset + 4, { patientId: clinic.patients[1] ?? '' });
    await retireIt();
    const move = moveCommand(clinic, 1, { appointmentId: late.appointmentId, scheduledStart: at(offset) });
    const { data } = requireRefused(await send('move', move), 'conflict');
    expect(data.blockers).toContainEqual(expect.objectContaining({ appointmentId: taken.appointmentId }));
  });
});

describe('a visit', () => {
  it('is not moved to a room that was retired', async () => {
    const offset = stretch();
    const { appointmentId } = await bookedAt(offset);
    await retire(clinic.rooms[1]);
    const move = moveCommand(clinic, 1, { appointmentId, roomId: clinic.rooms[1] });
    expect(requireRefused(await send('move', move), 'refused').data.reason).toBe('unsuitable');
  });

  it('is not moved to a provider who was retired', async () => {
    const offset = stretch();
    const { appointmentId } = await bookedAt(offset);
    await retire(clinic.providers[1]);
    const move = moveCommand(clinic, 1, { appointmentId, providerId: clinic.providers[1] });
    const { data } = requireRefused(await send('move', move), 'conflict');
    expect(data.blockers).toMatchObject([{ reason: 'closed', resourceId: clinic.providers[1] }]);
  });
});

describe('a stored conflict', () => {
  it.each(retired)(
    'is explained again after its %s was retired, and offers nothing that cannot be booked',
    async (_, retireIt) => {
      const offset = stretch();
      const taken = await bookedAt(offset);
      const command = bookCommand(clinic, offset, { patientId: clinic.patients[1] ?? '', roomId: clinic.rooms[0] });
      const first = requireRefused(await send('book', command), 'conflict');
      expect(first.data.alternatives.length).toBeGreaterThan(0);
      await retireIt();
      const { data } = requireRefused(await send('book', command), 'conflict');
      expect(data.asked).toEqual(first.data.asked);
      expect(data.blockers).toEqual(first.data.blockers);
      expect(data.blockers).toContainEqual(expect.objectContaining({ appointmentId: taken.appointmentId }));
      for (const { scheduledStart, providerId, roomId } of data.alternatives) {
        const body = {
          patientId: clinic.patients[2] ?? '',
          scheduledStart,
          providerId,
          ...(roomId === null ? {} : { roomId }),
        };
        const booked = requireDone(await send('book', bookCommand(clinic, 0, body)));
        requireDone(await send('cancel', aboutCommand(clinic, booked.appointmentId)));
      }
    },
  );
});
