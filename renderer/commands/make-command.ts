import { v7 as uuidv7 } from 'uuid';

import type { Appointment } from '../../core/calendar/appointment.ts';
import type { Command, TypedCommand } from '../../core/commands/list.ts';
import type { TransitionType } from '../../core/domain/bookings/transitions.ts';
import { protocol } from '../../core/primitives/protocol.ts';
import { nowInstant } from '../words/clock.ts';

/** Who acts, and at which desk. */
export interface Identity {
  readonly actorId: string;
  readonly deskId: string;
}

/** UUIDv7 (RFC 9562): every id is minted where the thing is made. */
export function newId(): string {
  return uuidv7();
}

function envelopeOf({ actorId, deskId }: Identity, undoes?: string) {
  const envelope = { commandId: newId(), actorId, deskId, madeAt: nowInstant(), protocol } as const;
  return undoes === undefined ? envelope : { ...envelope, undoes };
}

/** A command that the server may not have decided yet, and that the new one makes no sense without. */
type After = Pick<Command, 'commandId'> | null | undefined;

function afterOf(after: After) {
  return after ? { precondition: { afterCommandId: after.commandId } } : {};
}

/** What the person saw: a version that the server gave, or what a command that it has not decided would leave. */
function seenOf(seen: Pick<Appointment, 'version'>, after: After) {
  return { precondition: after ? { afterCommandId: after.commandId } : { version: seen.version } };
}

/** `after` is the registration of its patient, where the server has not answered that yet. */
export function makeBook(
  identity: Identity,
  body: Command<'book'>['body'],
  after?: After,
): TypedCommand & { type: 'book' } {
  return { type: 'book', command: { ...envelopeOf(identity), ...afterOf(after), body } };
}

export function makeRegisterPatient(
  identity: Identity,
  body: Command<'register-patient'>['body'],
): TypedCommand & { type: 'register-patient' } {
  return { type: 'register-patient', command: { ...envelopeOf(identity), body } };
}

/**
 * `seen` is the visit that the person moved, as the screen showed it; `after` the last command on it that waits; `undoes`
 * the command that this one takes back.
 */
export function makeMove(
  identity: Identity,
  seen: Pick<Appointment, 'appointmentId' | 'version'>,
  change: Omit<Command<'move'>['body'], 'appointmentId'>,
  after?: After,
  undoes?: string,
): TypedCommand & { type: 'move' } {
  const body = { appointmentId: seen.appointmentId, ...change };
  return { type: 'move', command: { ...envelopeOf(identity, undoes), ...seenOf(seen, after), body } };
}

export function makeTransition(
  identity: Identity,
  type: TransitionType,
  appointmentId: string,
  after?: After,
  undoes?: string,
): TypedCommand & { type: TransitionType } {
  return { type, command: { ...envelopeOf(identity, undoes), ...afterOf(after), body: { appointmentId } } };
}

/** Brings a cancelled visit back. */
export function makeReinstate(
  identity: Identity,
  appointmentId: string,
  { commandId: afterCommandId }: Pick<Command, 'commandId'>,
  undoes?: string,
): TypedCommand & { type: 'reinstate' } {
  const envelope = envelopeOf(identity, undoes);
  return { type: 'reinstate', command: { ...envelope, precondition: { afterCommandId }, body: { appointmentId } } };
}

export function makeRaiseCapacity(identity: Identity, body: Command<'raise-capacity'>['body']): TypedCommand {
  return { type: 'raise-capacity', command: { ...envelopeOf(identity), body } };
}

export function makeJoinWaitlist(identity: Identity, body: Command<'join-waitlist'>['body']): TypedCommand {
  return { type: 'join-waitlist', command: { ...envelopeOf(identity), body } };
}

export function makeLeaveWaitlist(identity: Identity, waitlistEntryId: string): TypedCommand {
  return { type: 'leave-waitlist', command: { ...envelopeOf(identity), body: { waitlistEntryId } } };
}
