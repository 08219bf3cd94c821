import type postgres from 'postgres';
import { describe, expect, it } from 'vitest';

import type { Appointment } from '../../../core/calendar/appointment.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import { appointmentRow, insertRaw } from '../../builders/appointment-row.ts';
import { requireDone, requireRefused, withBookingDesk } from '../../builders/booking-desk.ts';
import { aboutCommand, bookCommand, moveCommand, reinstateCommand } from '../../builders/commands.ts';
import { makeGate } from '../../builders/gate.ts';

const { admin, superuser, clinic, send } = await withBookingDesk({ providers: 3, rooms: 2, patients: 6, days: 4 });
const [, patient2 = ''] = clinic.patients;
const at = (offset: number) => instantOf(clinic.opensAt + offset);
/** Each test has its own stretch of the calendar. */
let nextStretch = 0;
const stretch = () => (nextStretch += 12);

interface Message {
  readonly command_id: string;
  readonly kind: string;
  readonly waits: number;
  readonly sent: boolean;
  readonly withdrawn_by: string | null;
}

/** The messages to the patient about a visit, in the order of the decisions. `waits`: seconds from the decision. */
const messagesOf = ({ appointmentId }: Pick<Appointment, 'appointmentId'>) => admin<Message[]>`
  select m.command_id, m.kind, round(extract(epoch from m.not_before - c.decided_at))::integer as waits,
    m.sent_at is not null as sent, m.withdrawn_by
  from outgoing_messages m join commands c using (org_id, command_id)
  where m.org_id = ${clinic.orgId} and m.appointment_id = ${appointmentId} order by c.decided_at`;
/** Marks a message as sent, as a sender does, unless it is already sent or withdrawn. */
const markSent = (sql: postgres.Sql | postgres.TransactionSql, commandId: string) =>
  sql`update outgoing_messages set sent_at = now() where org_id = ${clinic.orgId} and command_id = ${commandId}
    and sent_at is null and withdrawn_at is null`.execute();

/** Resolves when a session of this role waits for a lock. */
async function someoneWaits(role: string): Promise<void> {
  const waiting = async () =>
    superuser`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and usename = ${role}`;
  await expect.poll(async () => (await waiting()).length, { interval: 5, timeout: 10_000 }).toBe(1);
}

async function booked(offset: number) {
  const command = bookCommand(clinic, offset);
  return { command, visit: requireDone(await send('book', command)) };
}
async function cancelled(offset: number) {
  const { command: booking, visit } = await booked(offset);
  await markSent(admin, booking.commandId);
  const command = aboutCommand(clinic, visit.appointmentId);
  return { booking, command, visit: requireDone(await send('cancel', command)) };
}

describe('a message to the patient', () => {
  it('of a booking, a move and a cancellation waits ten seconds, and of a check-in there is none', async () => {
    const offset = stretch();
    const { command, visit } = await booked(offset);
    const { appointmentId } = visit;
    await markSent(admin, command.commandId);
    requireDone(await send('move', moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 2) })));
    requireDone(await send('check-in', aboutCommand(clinic, appointmentId)));
    requireDone(await send('cancel', aboutCommand(clinic, appointmentId)));
    expect((await messagesOf(visit)).map(({ kind, waits }) => [kind, waits])).toEqual([
      ['booked', 10],
      ['moved', 10],
      ['cancelled', 10],
    ]);
  });

  it('is queued once for a command that is sent twice, and not at all for one that is refused or changes nothing', async () => {
    const offset = stretch();
    const { command, visit } = await booked(offset);
    await send('book', command);
    requireRefused(await send('book', bookCommand(clinic, offset, { patientId: patient2 })), 'conflict');
    const cancel = aboutCommand(clinic, visit.appointmentId);
    requireDone(await send('cancel', cancel));
    requireDone(await send('cancel', cancel));
    requireDone(await send('cancel', aboutCommand(clinic, visit.appointmentId)));
    expect((await messagesOf(visit)).map(({ kind }) => kind)).toEqual(['booked']);
  });

  it('is withdrawn by the undo of a move or a cancellation, and no other one follows', async () => {
    const offset = stretch();
    const { command, visit } = await booked(offset);
    const { appointmentId } = visit;
    await markSent(admin, command.commandId);
    const move = moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 3) });
    requireDone(await send('move', move));
    const moveBack = {
      ...moveCommand(clinic, 2, { appointmentId, scheduledStart: at(offset) }),
      undoes: move.commandId,
    };
    requireDone(await send('move', moveBack));
    const cancel = aboutCommand(clinic, appointmentId);
    requireDone(await send('cancel', cancel));
    const reinstate = { ...reinstateCommand(clinic, 4, appointmentId), undoes: cancel.commandId };
    requireDone(await send('reinstate', reinstate));
    expect((await messagesOf(visit)).map(({ kind, withdrawn_by: by }) => [kind, by])).toEqual([
      ['booked', null],
      ['moved', moveBack.commandId],
      ['cancelled', reinstate.commandId],
    ]);
  });

  it('of any command of the visit is withdrawn by a cancellation, whoever undoes what', async () => {
    const offset = stretch();
    const { command, visit } = await booked(offset);
    const { appointmentId } = visit;
    const move = moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 3) });
    requireDone(await send('move', move));
    const cancelBooking = { ...aboutCommand(clinic, appointmentId), undoes: command.commandId };
    requireDone(await send('cancel', cancelBooking));
    expect((await messagesOf(visit)).map(({ kind, withdrawn_by: by }) => [kind, by])).toEqual([
      ['booked', cancelBooking.commandId],
      ['moved', cancelBooking.commandId],
    ]);
  });

  it('says that a visit is cancelled to a patient who was told of it, though the last change was not told', async () => {
    const offset = stretch();
    const { command, visit } = await booked(offset);
    const { appointmentId } = visit;
    await markSent(admin, command.commandId);
    const move = moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 3) });
    requireDone(await send('move', move));
    const cancel = { ...aboutCommand(clinic, appointmentId), undoes: move.commandId };
    requireDone(await send('cancel', cancel));
    expect(await messagesOf(visit)).toMatchObject([
      { kind: 'booked', sent: true },
      { kind: 'moved', withdrawn_by: cancel.commandId },
      { kind: 'cancelled', sent: false, withdrawn_by: null },
    ]);
  });

  it('says so too of a visit that came from elsewhere, of which nobody knows what the patient was told', async () => {
    const row = appointmentRow(clinic, stretch(), { patient_id: patient2 });
    await insertRaw(admin, 'appointments', row);
    requireDone(await send('cancel', aboutCommand(clinic, row.appointment_id)));
    expect(await messagesOf({ appointmentId: row.appointment_id })).toMatchObject([{ kind: 'cancelled', sent: false }]);
  });

  it('is not withdrawn by a command that is not the inverse of its own', async () => {
    const offset = stretch();
    const { command, visit } = await booked(offset);
    const { appointmentId } = visit;
    const moved = {
      ...moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 3) }),
      undoes: command.commandId,
    };
    requireDone(await send('move', moved));
    expect(await messagesOf(visit)).toMatchObject([
      { kind: 'booked', withdrawn_by: null },
      { kind: 'moved', withdrawn_by: null },
    ]);
  });

  it('tells of a move that a cancellation withdrew, where the cancellation is undone', async () => {
    const offset = stretch();
    const { command, visit } = await booked(offset);
    const { appointmentId } = visit;
    await markSent(admin, command.commandId);
    requireDone(await send('move', moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 3) })));
    const cancel = aboutCommand(clinic, appointmentId);
    requireDone(await send('cancel', cancel));
    requireDone(await send('reinstate', { ...reinstateCommand(clinic, 3, appointmentId), undoes: cancel.commandId }));
    expect((await messagesOf(visit)).filter(({ sent, withdrawn_by: by }) => !sent && by === null)).toMatchObject([
      { kind: 'reinstated' },
    ]);
  });

  it('tells of a move to a third time, though it calls itself the undo of the move before', async () => {
    const offset = stretch();
    const { visit } = await booked(offset);
    const { appointmentId } = visit;
    const move = moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 3) });
    requireDone(await send('move', move));
    const further = moveCommand(clinic, 2, { appointmentId, scheduledStart: at(offset + 5) });
    requireDone(await send('move', { ...further, undoes: move.commandId }));
    expect((await messagesOf(visit)).map(({ kind, withdrawn_by: by }) => [kind, by])).toEqual([
      ['booked', null],
      ['moved', further.commandId],
      ['moved', null],
    ]);
  });

  it('goes by the order of the changes, where two messages were sent at once', async () => {
    const { command, visit } = await cancelled(stretch());
    const { appointmentId } = visit;
    const back = reinstateCommand(clinic, 2, appointmentId);
    requireDone(await send('reinstate', back));
    await admin`update outgoing_messages set sent_at = now() where command_id in (${command.commandId}, ${back.commandId})`;
    const again = aboutCommand(clinic, appointmentId);
    requireDone(await send('cancel', again));
    expect(await messagesOf(visit)).toContainEqual(
      expect.objectContaining({ command_id: again.commandId, kind: 'cancelled', sent: false, withdrawn_by: null }),
    );
  });

  it('is not withdrawn by an undo after its ten seconds, when it may be on its way', async () => {
    const offset = stretch();
    const { visit } = await booked(offset);
    const { appointmentId } = visit;
    const move = moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 3) });
    requireDone(await send('move', move));
    await admin`update outgoing_messages set not_before = not_before - interval '11 seconds' where command_id = ${move.commandId}`;
    const moveBack = {
      ...moveCommand(clinic, 2, { appointmentId, scheduledStart: at(offset) }),
      undoes: move.commandId,
    };
    requireDone(await send('move', moveBack));
    expect((await messagesOf(visit)).map(({ kind, withdrawn_by: by }) => [kind, by])).toEqual([
      ['booked', null],
      ['moved', null],
      ['moved', null],
    ]);
  });

  it('is followed by one about the undo when it was already sent', async () => {
    const { booking, command, visit } = await cancelled(stretch());
    await markSent(admin, command.commandId);
    const undo = { ...reinstateCommand(clinic, 2, visit.appointmentId), undoes: command.commandId };
    requireDone(await send('reinstate', undo));
    expect(await messagesOf(visit)).toMatchObject([
      { kind: 'booked', command_id: booking.commandId },
      { kind: 'cancelled', sent: true, withdrawn_by: null },
      { kind: 'reinstated', sent: false, command_id: undo.commandId },
    ]);
  });

  it('is withdrawn neither by an undo of another visit nor by a refused undo', async () => {
    const offset = stretch();
    const one = await booked(offset);
    const other = await booked(offset + 4);
    const wrong = { ...aboutCommand(clinic, other.visit.appointmentId), undoes: one.command.commandId };
    requireDone(await send('cancel', wrong));
    const { appointmentId } = one.visit;
    const refused = { ...moveCommand(clinic, 9, { appointmentId }), undoes: one.command.commandId };
    requireRefused(await send('move', refused), 'stale-version');
    expect(await messagesOf(one.visit)).toMatchObject([{ kind: 'booked', withdrawn_by: null }]);
  });

  it('is sent when its sending races the undo and begins first, and one about the undo follows', async () => {
    const { command, visit } = await booked(stretch());
    const undo = { ...aboutCommand(clinic, visit.appointmentId), undoes: command.commandId };
    let undone: ReturnType<typeof send> | undefined;
    await admin.begin(async (tx) => {
      await markSent(tx, command.commandId);
      undone = send('cancel', undo);
      await someoneWaits('holdfast_app');
    });
    requireDone(await (undone ?? Promise.reject(new Error('never begun'))));
    expect(await messagesOf(visit)).toMatchObject([
      { kind: 'booked', sent: true, withdrawn_by: null },
      { kind: 'cancelled', sent: false, command_id: undo.commandId },
    ]);
  });

  it('is not sent when its withdrawal begins before the sender comes', async () => {
    const { command, visit } = await booked(stretch());
    const undo = { ...aboutCommand(clinic, visit.appointmentId), undoes: command.commandId };
    const gate = makeGate();
    const held = await gate.hold(() => send('cancel', undo, gate.hooks));
    const sending = markSent(admin, command.commandId);
    await someoneWaits('holdfast_owner');
    requireDone(await held.release());
    expect((await sending).count).toBe(0);
    expect(await messagesOf(visit)).toMatchObject([{ kind: 'booked', sent: false, withdrawn_by: undo.commandId }]);
  });

  it('stays for a command that the undo of an undo brings back', async () => {
    const { command, visit } = await booked(stretch());
    const undo = { ...aboutCommand(clinic, visit.appointmentId), undoes: command.commandId };
    requireDone(await send('cancel', undo));
    const redo = { ...reinstateCommand(clinic, 2, visit.appointmentId), undoes: undo.commandId };
    requireDone(await send('reinstate', redo));
    expect(await messagesOf(visit)).toMatchObject([
      { kind: 'booked', withdrawn_by: undo.commandId },
      { kind: 'reinstated', withdrawn_by: null },
    ]);
  });
});
