import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';

import type { Command } from '../../../core/commands/list.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import { protocol, takenProtocols } from '../../../core/primitives/protocol.ts';
import { requireDone, requireRefused, withBookingDesk } from '../../builders/booking-desk.ts';
import {
  aboutCommand,
  bookCommand,
  joinCommand,
  moveCommand,
  registerCommand,
  reinstateCommand,
} from '../../builders/commands.ts';

const { admin, clinic, send } = await withBookingDesk({ providers: 3, rooms: 3, patients: 6, days: 4 });
const [, patient2 = ''] = clinic.patients;
const at = (offset: number) => instantOf(clinic.opensAt + offset);
let nextStretch = 0;
const stretch = () => (nextStretch += 12);
const after = ({ commandId }: { readonly commandId: string }) => ({ precondition: { afterCommandId: commandId } });
const verdictsOf = async ({ commandId }: { readonly commandId: string }) =>
  (await admin`select verdict ->> 'kind' as kind, verdict ->> 'reason' as reason from commands
    where org_id = ${clinic.orgId} and command_id = ${commandId}`) as unknown as { kind: string; reason: string }[];

describe('a command that follows another of the same desk', () => {
  it('moves, checks in, cancels and brings back the visit in the version that the one before left', async () => {
    const offset = stretch();
    const book = bookCommand(clinic, offset);
    const { appointmentId } = book.body;
    const move = { ...moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 2) }), ...after(book) };
    const again = { ...moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 4) }), ...after(move) };
    const checkIn = { ...aboutCommand(clinic, appointmentId), ...after(again) };
    const cancel = { ...aboutCommand(clinic, appointmentId), ...after(checkIn) };
    const back = { ...reinstateCommand(clinic, 1, appointmentId), ...after(cancel) };
    expect(requireDone(await send('book', book))).toMatchObject({ version: 1 });
    expect(requireDone(await send('move', move))).toMatchObject({ version: 2, scheduledStart: at(offset + 2) });
    expect(requireDone(await send('move', again))).toMatchObject({ version: 3, scheduledStart: at(offset + 4) });
    expect(requireDone(await send('check-in', checkIn))).toMatchObject({ version: 4, status: 'checked-in' });
    expect(requireDone(await send('cancel', cancel))).toMatchObject({ version: 5, status: 'cancelled' });
    expect(requireDone(await send('reinstate', back))).toMatchObject({ version: 6, status: 'checked-in' });
    // Sent again when all are done, each command gets its first answer.
    expect(requireDone(await send('move', move))).toMatchObject({ version: 2 });
  });

  it('is stale when somebody else changed the visit after the command before', async () => {
    const offset = stretch();
    const book = bookCommand(clinic, offset);
    const { appointmentId } = book.body;
    requireDone(await send('book', book));
    requireDone(await send('move', moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 3) })));
    const move = { ...moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 5) }), ...after(book) };
    const { data } = requireRefused(await send('move', move), 'stale-version');
    expect(data.current).toMatchObject({ version: 2, scheduledStart: at(offset + 3) });
  });

  it('is refused with the command before, whatever its type, and so is a command that follows it', async () => {
    const offset = stretch();
    requireDone(await send('book', bookCommand(clinic, offset, { patientId: patient2 })));
    const book = bookCommand(clinic, offset);
    const { appointmentId } = book.body;
    const move = { ...moveCommand(clinic, 1, { appointmentId, scheduledStart: at(offset + 2) }), ...after(book) };
    const checkIn = { ...aboutCommand(clinic, appointmentId), ...after(move) };
    const cancel = { ...aboutCommand(clinic, appointmentId), ...after(checkIn) };
    const back = { ...reinstateCommand(clinic, 1, appointmentId), ...after(cancel) };
    requireRefused(await send('book', book), 'conflict');
    for (const result of [
      await send('move', move),
      await send('check-in', checkIn),
      await send('cancel', cancel),
      await send('reinstate', back),
    ]) {
      expect(requireRefused(result, 'refused').data.reason).toBe('parent-refused');
    }
    for (const command of [move, checkIn, cancel, back]) {
      expect(await verdictsOf(command)).toEqual([{ kind: 'refused', reason: 'parent-refused' }]);
    }
  });

  it('is refused when the command before left another visit or none', async () => {
    const one = bookCommand(clinic, stretch());
    const other = bookCommand(clinic, stretch());
    const registration = registerCommand(clinic);
    requireDone(await send('book', one));
    requireDone(await send('book', other));
    expect((await send('register-patient', registration)).ok).toBe(true);
    for (const parent of [other, registration]) {
      const { appointmentId } = one.body;
      const move = { ...moveCommand(clinic, 1, { appointmentId, durationMinutes: 15 }), ...after(parent) };
      expect(requireRefused(await send('move', move), 'refused').data.reason).toBe('parent-refused');
    }
  });

  it('may be a request of a patient whom the command before registered', async () => {
    const registration = registerCommand(clinic);
    const { patientId } = registration.body;
    const wish = { ...joinCommand(clinic, { patientId }), ...after(registration) };
    expect((await send('register-patient', registration)).ok).toBe(true);
    expect((await send('join-waitlist', wish)).ok).toBe(true);
    const early = { ...joinCommand(clinic), precondition: { afterCommandId: uuidv7() } };
    expect(requireRefused(await send('join-waitlist', early), 'refused').data.reason).toBe('parent-refused');
  });
});

describe("a command's protocol", () => {
  it('may be any supported one, and a command stays the same whichever protocol it is sent with', async () => {
    const book = bookCommand(clinic, stretch());
    const sent = await Promise.all(takenProtocols.map((spoken) => send('book', { ...book, protocol: spoken })));
    const [first] = sent;
    expect(sent.map(requireDone)).toEqual(takenProtocols.map(() => first && requireDone(first)));
    expect(takenProtocols).toContain(protocol);
  });

  it.each([
    ['newer', protocol + 1, 'server'],
    ['older than any that is taken', 0, 'desk'],
  ] as const)('that is %s is told which of the two to update, and nothing is decided', async (_, desk, update) => {
    const book: Command<'book'> = { ...bookCommand(clinic, stretch()), protocol: desk };
    const { data } = requireRefused(await send('book', book), 'protocol-mismatch');
    expect(data).toEqual({ server: protocol, desk, update });
    expect(await verdictsOf(book)).toEqual([]);
    requireDone(await send('book', { ...book, protocol }));
  });
});
