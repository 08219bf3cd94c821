import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';

import { instantOf } from '../../../core/domain/time/quarter.ts';
import { requireDone, requireRefused, now, withBookingDesk } from '../../builders/booking-desk.ts';
import { aboutCommand, bookCommand, reinstateCommand } from '../../builders/commands.ts';

const { admin, clinic, send } = await withBookingDesk({ providers: 3, rooms: 2, patients: 6, days: 4 });
const [patient1 = '', patient2 = ''] = clinic.patients;
const [provider1 = '', provider2 = ''] = clinic.providers;
const [room1 = '', room2 = ''] = clinic.rooms;
const at = (offset: number) => instantOf(clinic.opensAt + offset);
/** Each test has its own stretch of the calendar. */
let nextStretch = 0;
const stretch = () => (nextStretch += 12);

async function booked(offset: number, overrides: Parameters<typeof bookCommand>[2] = {}) {
  const command = bookCommand(clinic, offset, overrides);
  return { command, visit: requireDone(await send('book', command)) };
}
async function cancelled(offset: number, overrides: Parameters<typeof bookCommand>[2] = {}) {
  const { visit } = await booked(offset, overrides);
  const command = aboutCommand(clinic, visit.appointmentId);
  return { command, visit: requireDone(await send('cancel', command)), before: visit };
}

describe('bringing a cancelled visit back', () => {
  it('puts it where it was, with its room, its claims and the next version', async () => {
    const { visit, before } = await cancelled(stretch(), { roomId: room2 });
    const back = requireDone(await send('reinstate', reinstateCommand(clinic, 2, visit.appointmentId)));
    expect(back).toEqual({ ...before, version: 3 });
    expect(before.roomId).toBe(room2);
  });

  it('restores its status: checked in, with the time of arrival', async () => {
    const { visit } = await booked(stretch());
    const { appointmentId } = visit;
    const arrived = requireDone(await send('check-in', aboutCommand(clinic, appointmentId)));
    requireDone(await send('cancel', { ...aboutCommand(clinic, appointmentId), body: { appointmentId, reason: 'x' } }));
    expect(requireDone(await send('reinstate', reinstateCommand(clinic, 3, appointmentId)))).toEqual({
      ...arrived,
      version: 4,
    });
    const [row] = await admin`select cancelled_from from appointments where appointment_id = ${appointmentId}`;
    expect(row).toEqual({ cancelled_from: null });
  });

  it('is refused like a booking when its time is taken by now, with the blockers and free times', async () => {
    const offset = stretch();
    const { visit } = await cancelled(offset, { roomId: room1 });
    const rival = await booked(offset + 1, { patientId: patient2, roomId: room1 });
    const command = reinstateCommand(clinic, 2, visit.appointmentId);
    const { data } = requireRefused(await send('reinstate', command), 'conflict');
    expect(data.asked).toMatchObject({
      appointmentId: visit.appointmentId,
      providerId: provider1,
      scheduledStart: at(offset),
      durationMinutes: 30,
    });
    const inTheWay = { reason: 'taken', appointmentId: rival.visit.appointmentId, startsAt: at(offset + 1) };
    expect(data.blockers).toHaveLength(2);
    expect(data.blockers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...inTheWay, resourceId: provider1 }),
        expect.objectContaining({ ...inTheWay, resourceId: room1 }),
      ]),
    );
    expect(data.alternatives).toHaveLength(5);
    requireRefused(await send('reinstate', command), 'conflict');
  });

  it('is refused with the slots that were closed meanwhile', async () => {
    const offset = stretch();
    const { visit } = await cancelled(offset);
    await admin`update slots set open = false where resource_id = ${provider1} and starts_at = ${at(offset)}`;
    const { data } = requireRefused(
      await send('reinstate', reinstateCommand(clinic, 2, visit.appointmentId)),
      'conflict',
    );
    expect(data.blockers).toEqual([
      expect.objectContaining({
        reason: 'closed',
        resourceId: provider1,
        startsAt: at(offset),
        endsAt: at(offset + 1),
      }),
    ]);
  });

  it('loses a race for its slots to a booking whose transaction began later and commits first', async () => {
    const offset = stretch();
    const { visit } = await cancelled(offset);
    const rival = bookCommand(clinic, offset, { patientId: patient2 });
    let isFirst = true;
    const refusal = await send('reinstate', reinstateCommand(clinic, 2, visit.appointmentId), {
      async at(step) {
        if (step !== 'begun' || !isFirst) return;
        isFirst = false;
        requireDone(await send('book', rival));
      },
    });
    expect(requireRefused(refusal, 'conflict').data.blockers).toContainEqual(
      expect.objectContaining({ appointmentId: rival.body.appointmentId }),
    );
  });

  it('needs the version that the person saw, and a visit that is cancelled', async () => {
    const { visit } = await cancelled(stretch());
    const { appointmentId } = visit;
    const stale = requireRefused(await send('reinstate', reinstateCommand(clinic, 1, appointmentId)), 'stale-version');
    expect(stale.data.current).toEqual(visit);
    requireDone(await send('reinstate', reinstateCommand(clinic, 2, appointmentId)));
    requireRefused(await send('reinstate', reinstateCommand(clinic, 3, appointmentId)), 'status-conflict');
    requireRefused(await send('reinstate', reinstateCommand(clinic, 1, uuidv7())), 'not-found');
  });

  it('is refused by the version in the database call too, when another undo comes first', async () => {
    const { visit } = await cancelled(stretch());
    const { appointmentId } = visit;
    let isFirst = true;
    const result = await send('reinstate', reinstateCommand(clinic, 2, appointmentId), {
      async at(step) {
        if (step !== 'begun' || !isFirst) return;
        isFirst = false;
        requireDone(await send('reinstate', reinstateCommand(clinic, 2, appointmentId)));
      },
    });
    expect(requireRefused(result, 'stale-version').data.current).toMatchObject({ version: 3, status: 'booked' });
  });

  it('is possible when the visit has ended meanwhile: it books nothing, it takes something back', async () => {
    const [from, until] = ['2026-03-02T07:00:00Z', '2026-03-02T07:15:00Z'];
    await admin`insert into slots (org_id, resource_id, starts_at, resource_kind, site_id)
      values (${clinic.orgId}, ${provider1}, ${from}, 'provider', ${clinic.siteId}),
        (${clinic.orgId}, ${room1}, ${from}, 'room', ${clinic.siteId})`;
    const { visit } = await booked(stretch(), { roomId: room1 });
    const { appointmentId } = visit;
    await admin`update appointments set starts_at = ${from}, ends_at = ${until}, version = 2
      where org_id = ${clinic.orgId} and appointment_id = ${appointmentId}`;
    expect(until < now).toBe(true);
    requireDone(await send('cancel', aboutCommand(clinic, appointmentId)));
    expect(requireDone(await send('reinstate', reinstateCommand(clinic, 3, appointmentId)))).toMatchObject({
      version: 4,
      scheduledStart: from,
      status: 'booked',
    });
  });
});

it('one command id cannot be used both for an undo and for the same command without one', async () => {
  const { command, visit } = await booked(stretch(), { patientId: patient1, providerId: provider2 });
  const cancel = aboutCommand(clinic, visit.appointmentId);
  requireDone(await send('cancel', cancel));
  requireRefused(await send('cancel', { ...cancel, undoes: command.commandId }), 'command-reused');
});
