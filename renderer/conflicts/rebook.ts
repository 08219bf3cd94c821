import type { Appointment } from '../../core/contract/appointment.ts';
import type { TypedCommand } from '../../core/contract/commands/list.ts';
import type { AlternativeView } from '../../core/contract/conflict.ts';
import type { Decision } from '../../core/contract/desk/calls.ts';
import { makeBook, makeMove, newId, type Identity } from '../bookings/make-command.ts';
import { sendCommand } from '../bookings/send-command.ts';
import type { Clash } from './clash-store.ts';

type Placed = TypedCommand & { readonly type: 'book' | 'move' };

/** Only what takes slots can lose a race for them. */
export function placedCommandOf(clash: Clash): Placed | null {
  const { typed } = clash.entry;
  return typed.type === 'book' || typed.type === 'move' ? typed : null;
}

/** The same wish, elsewhere: a new command for the placement that the person tapped. */
export function takeAlternative(
  identity: Identity,
  clash: Clash,
  alternative: AlternativeView,
): Promise<Decision['kind']> | null {
  const placed = placedCommandOf(clash);
  if (!placed) return null;
  const { scheduledStart, durationMinutes, providerId, roomId, equipmentId } = alternative;
  const place = {
    scheduledStart,
    durationMinutes,
    providerId,
    ...(roomId === null ? {} : { roomId }),
    ...(equipmentId === null ? {} : { equipmentId }),
  };
  return resend(identity, clash, placed, place, { ...place, roomId, equipmentId });
}

/** The same wish once more, after its slots were given another seat. */
export function askAgain(identity: Identity, clash: Clash): Promise<Decision['kind']> | null {
  const placed = placedCommandOf(clash);
  return placed && resend(identity, clash, placed, {}, {});
}

function resend(
  identity: Identity,
  { entry }: Clash,
  placed: Placed,
  place: Partial<Pick<Appointment, 'scheduledStart' | 'durationMinutes' | 'providerId'>> & {
    roomId?: string;
    equipmentId?: string;
  },
  change: Partial<Appointment>,
): Promise<Decision['kind']> {
  const { expected, patient, seen } = entry;
  if (placed.type === 'book') {
    const appointmentId = newId();
    const typed = makeBook(identity, { ...placed.command.body, ...place, appointmentId });
    return sendCommand({ typed, expected: expected && { ...expected, ...change, appointmentId }, patient, seen });
  }
  const { appointmentId, ...asked } = placed.command.body;
  const { version } = placed.command.precondition;
  const typed = makeMove(identity, { appointmentId, version }, { ...asked, ...place });
  return sendCommand({ typed, expected: expected && { ...expected, ...change }, patient, seen });
}
