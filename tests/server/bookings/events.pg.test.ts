import { describe, expect, it } from 'vitest';

import type { Command, CommandType } from '../../../core/commands/list.ts';
import { instantOf, quarterDuring } from '../../../core/domain/time/quarter.ts';
import { handleCommand } from '../../../server/api/handle-command.ts';
import { appointmentRow, insertRaw } from '../../builders/appointment-row.ts';
import { requireDone, requireRefused, withBookingDesk } from '../../builders/booking-desk.ts';
import { aboutCommand, actorOf, bookCommand, moveCommand, reinstateCommand } from '../../builders/commands.ts';
import { holdDatabaseClock } from '../../builders/database-clock.ts';
import { zoneAtNoon } from '../../builders/zone-at-noon.ts';

const { admin, pool, clinic, send } = await withBookingDesk({
  days: 2,
  // Near the present, because the time of recording is always the present.
  opensAt: quarterDuring(new Date().toISOString()),
  timeZone: zoneAtNoon(),
});
await holdDatabaseClock(admin, Date.now());
const [provider1 = '', provider2 = ''] = clinic.providers;
const [room1 = '', room2 = ''] = clinic.rooms;
const at = (offset: number) => new Date(instantOf(clinic.opensAt + offset));
/** Each test has its own stretch of the calendar. */
let nextStretch = 0;
const stretch = () => (nextStretch += 12);

const eventsOf = (appointmentId: string) => admin<Record<string, unknown>[]>`
  select * from appointment_events where appointment_id = ${appointmentId} order by version`;

/** Sends a command that a paired desk made so many minutes ago, and returns the event that it left. */
async function leftBy<T extends CommandType>(type: T, command: Command<T>, minutesAgo: number) {
  const madeAt = new Date(Date.now() - 60_000 * minutesAgo);
  const made = { ...command, madeAt: madeAt.toISOString() };
  const visit = requireDone(await handleCommand({ pool }, actorOf(clinic), type, made, true));
  const events = (await eventsOf(visit.appointmentId)).filter((event) => event['command_id'] === command.commandId);
  expect(events, `${type} leaves one event`).toHaveLength(1);
  const [event] = events;
  expect(event).toMatchObject({
    org_id: clinic.orgId,
    appointment_id: visit.appointmentId,
    version: visit.version,
    occurred_at: madeAt,
    actor_kind: 'person',
    actor_id: clinic.userId,
    desk_id: 'desk-of-a-test',
    channel: 'desk',
    action: type,
    status: visit.status,
    site_id: clinic.siteId,
  });
  const recordedAt = event?.['recorded_at'];
  expect(recordedAt instanceof Date && recordedAt > madeAt, 'it was recorded later').toBe(true);
  return event;
}

describe('what a command does to a visit', () => {
  const noReason = { reason_code: null, cancelled_by: null, reason: null };

  it('leaves one event each: its instant, who, where, by which way, and the visit as it then was', async () => {
    const offset = stretch();
    const book = bookCommand(clinic, offset, { roomId: room1 });
    const { appointmentId } = book.body;
    const placed = (from: number, providerId: string, roomId: string) => ({
      starts_at: at(from),
      ends_at: at(from + 2),
      provider_id: providerId,
      room_id: roomId,
      equipment_id: null,
    });
    const first = placed(offset, provider1, room1);
    const moved = placed(offset + 4, provider2, room2);
    expect(await leftBy('book', book, 60)).toMatchObject({ ...first, ...noReason, version: 1, status: 'booked' });
    const move = moveCommand(clinic, 1, {
      appointmentId,
      scheduledStart: at(offset + 4).toISOString(),
      providerId: provider2,
      roomId: room2,
    });
    expect(await leftBy('move', move, 50)).toMatchObject({ ...moved, ...noReason, version: 2, status: 'booked' });
    const about = () => aboutCommand(clinic, appointmentId);
    expect(await leftBy('check-in', about(), 40)).toMatchObject({ ...moved, ...noReason, status: 'checked-in' });
    expect(await leftBy('un-arrive', about(), 30)).toMatchObject({ ...moved, ...noReason, status: 'booked' });
    const why = { reasonCode: 'weather', cancelledBy: 'clinic', reason: 'the river is in the cellar' } as const;
    expect(await leftBy('cancel', { ...about(), body: { appointmentId, ...why } }, 20)).toMatchObject({
      ...moved,
      status: 'cancelled',
      reason_code: why.reasonCode,
      cancelled_by: why.cancelledBy,
      reason: why.reason,
    });
    expect(await leftBy('reinstate', reinstateCommand(clinic, 5, appointmentId), 10)).toMatchObject({
      ...moved,
      ...noReason,
      status: 'booked',
    });
    expect((await eventsOf(appointmentId)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('leaves none where it is sent again, changes nothing or is refused', async () => {
    const offset = stretch();
    const book = bookCommand(clinic, offset);
    const { appointmentId } = book.body;
    for (const _ of [1, 2]) requireDone(await send('book', book));
    requireRefused(
      await send('book', bookCommand(clinic, offset, { patientId: clinic.patients[1] ?? '' })),
      'conflict',
    );
    for (const _ of [1, 2]) requireDone(await send('check-in', aboutCommand(clinic, appointmentId)));
    const stale = moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 4).toISOString() });
    requireRefused(await send('move', stale), 'stale-version');
    expect((await eventsOf(appointmentId)).map(({ action }) => action)).toEqual(['book', 'check-in']);
    const ofStretch = await admin`select from appointment_events where starts_at = ${at(offset)}`;
    expect(ofStretch).toHaveLength(2);
  });

  it('is told without an author where a statement from outside the server did it', async () => {
    const visit = requireDone(await send('book', bookCommand(clinic, stretch())));
    const { appointmentId } = visit;
    await admin`update appointments set status = 'arrived', version = 2 where appointment_id = ${appointmentId}`;
    const row = appointmentRow(clinic, stretch());
    await insertRaw(admin, 'appointments', row);
    const nobody = { actor_id: null, actor_kind: null, desk_id: null, command_id: null, channel: 'sql' };
    expect((await eventsOf(appointmentId)).at(-1)).toMatchObject({
      ...nobody,
      version: 2,
      action: 'update',
      status: 'arrived',
    });
    expect([...(await eventsOf(row.appointment_id))]).toMatchObject([{ ...nobody, version: 1, action: 'insert' }]);
  });

  it('is not told where only the note or the patient changed', async () => {
    const { appointmentId } = requireDone(await send('book', bookCommand(clinic, stretch())));
    await admin`update appointments set note = 'prefers the window', version = 2 where appointment_id = ${appointmentId}`;
    await admin`update appointments set patient_id = ${clinic.patients[3] ?? ''}, version = 3 where appointment_id = ${appointmentId}`;
    expect(await eventsOf(appointmentId)).toHaveLength(1);
  });
});
