import type { Appointment } from '../../core/calendar/appointment.ts';
import type { AlternativeView } from '../../core/calendar/conflict.ts';
import { takesSlots, type SlotTakingType, type TypedCommand } from '../../core/commands/list.ts';
import { placeOf } from '../../core/commands/move.ts';
import { queryClient } from '../api/queries.ts';
import type { Clash } from '../commands/clash-store.ts';
import { makeCommand, newId, type Identity } from '../commands/make-command.ts';
import { outboxQuery } from '../commands/outbox-query.ts';
import type { Sent } from '../commands/pending-commands.ts';
import { resolveRefusal } from '../commands/resolve-refusal.ts';
import { sendCommand } from '../commands/send-command.ts';

type Placed = TypedCommand<SlotTakingType>;

/** The clash's command if it takes slots, else null. Only such a command can lose a race for slots. */
export function placedCommandOf(clash: Clash): Placed | null {
  const { typed } = clash.entry;
  return takesSlots(typed.type) ? (typed as Placed) : null;
}

/** Sends the refused booking again, as a new command for the placement that the person tapped. */
export async function takeAlternative(identity: Identity, clash: Clash, alternative: AlternativeView): Promise<void> {
  const { roomId, equipmentId } = alternative;
  const place = placeOf(alternative);
  await resend(identity, clash, place, { ...place, roomId, equipmentId });
}

/** Sends the refused booking again, after its slots got another seat. */
export async function askAgain(identity: Identity, clash: Clash): Promise<void> {
  await resend(identity, clash, {}, {});
}

type Place = Partial<Pick<Appointment, 'scheduledStart' | 'durationMinutes' | 'providerId'>> & {
  roomId?: string;
  equipmentId?: string;
};

/** The old refusal is resolved once the new command is done, safe on this desk's disk, or in the tray instead. */
async function resend(identity: Identity, clash: Clash, place: Place, change: Partial<Appointment>): Promise<void> {
  const placed = placedCommandOf(clash);
  const again = placed && sentAgain(identity, clash, placed, place, change);
  if (!again) return;
  const { kind } = await sendCommand(again);
  if (kind !== 'refused' || (await isInTray(again)))
    await resolveRefusal(clash.entry.typed.command.commandId, 'rebooked');
}

/** False for a command that this desk refused by itself while the server was away: the desk does not keep such a command. */
async function isInTray({ typed }: Sent): Promise<boolean> {
  const entries = await queryClient.fetchQuery({ ...outboxQuery, staleTime: 0 });
  return entries.some((entry) => entry.typed.command.commandId === typed.command.commandId);
}

function sentAgain(
  identity: Identity,
  { entry, problem }: Clash,
  placed: Placed,
  place: Place,
  change: Partial<Appointment>,
): Sent | null {
  const { expected, patient, seen, before = null, fulfils } = entry;
  switch (placed.type) {
    case 'book': {
      const appointmentId = newId();
      const typed = makeCommand('book', identity, { ...placed.command.body, ...place, appointmentId });
      const booked = expected && { ...expected, ...change, appointmentId };
      return { typed, expected: booked, patient, seen, before: null, ...(fulfils && { fulfils }) };
    }
    case 'move': {
      const { appointmentId, ...asked } = placed.command.body;
      const { precondition } = placed.command;
      const after = 'afterCommandId' in precondition ? { commandId: precondition.afterCommandId } : null;
      const version = 'version' in precondition ? precondition.version : 1;
      const typed = makeCommand('move', identity, { appointmentId, ...asked, ...place }, { after, seen: { version } });
      return { typed, expected: expected && { ...expected, ...change }, patient, seen, before };
    }
    case 'reinstate':
    case 'un-no-show': {
      // The visit stays as it is, and a new one is booked in its place.
      const asked = problem.code === 'conflict' ? problem.data.asked : null;
      if (!asked || asked.patientId === null) return null;
      const { siteId, patientId, serviceId, providerId, scheduledStart, durationMinutes } = asked;
      const appointmentId = newId();
      const body = { siteId, patientId, serviceId, providerId, scheduledStart, durationMinutes };
      const typed = makeCommand('book', identity, { ...body, ...place, appointmentId });
      const booked = expected && { ...expected, ...change, appointmentId, version: 1, status: 'booked' as const };
      return { typed, expected: booked && { ...booked, arrivedAt: null }, patient, seen, before: null };
    }
  }
}
