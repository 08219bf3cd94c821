import { v7 as uuidv7 } from 'uuid';

import type { Appointment } from '../../core/contract/appointment.ts';
import type { Command, TypedCommand } from '../../core/contract/commands/list.ts';
import { protocol } from '../../core/contract/protocol.ts';
import type { TransitionType } from '../../core/domain/bookings/transitions.ts';
import { nowInstant } from '../calendar/clock.ts';

/** Who acts, and at which desk. */
export interface Identity {
  readonly actorId: string;
  readonly deskId: string;
}

/** UUIDv7 (RFC 9562): every id is minted where the thing is made. */
export function newId(): string {
  return uuidv7();
}

function envelopeOf(identity: Identity) {
  return { commandId: newId(), ...identity, madeAt: nowInstant(), protocol } as const;
}

/** `after` is the registration of its patient, where the server has not answered that yet. */
export function makeBook(
  identity: Identity,
  body: Command<'book'>['body'],
  after?: Command<'register-patient'>,
): TypedCommand & { type: 'book' } {
  const precondition = after && { afterCommandId: after.commandId };
  return { type: 'book', command: { ...envelopeOf(identity), ...(precondition && { precondition }), body } };
}

export function makeRegisterPatient(
  identity: Identity,
  body: Command<'register-patient'>['body'],
): TypedCommand & { type: 'register-patient' } {
  return { type: 'register-patient', command: { ...envelopeOf(identity), body } };
}

/** `seen` is the visit that the person moved, as the screen showed it. */
export function makeMove(
  identity: Identity,
  seen: Pick<Appointment, 'appointmentId' | 'version'>,
  change: Omit<Command<'move'>['body'], 'appointmentId'>,
): TypedCommand & { type: 'move' } {
  return {
    type: 'move',
    command: {
      ...envelopeOf(identity),
      precondition: { version: seen.version },
      body: { appointmentId: seen.appointmentId, ...change },
    },
  };
}

export function makeTransition(identity: Identity, type: TransitionType, appointmentId: string): TypedCommand {
  return { type, command: { ...envelopeOf(identity), body: { appointmentId } } };
}

export function makeRaiseCapacity(identity: Identity, body: Command<'raise-capacity'>['body']): TypedCommand {
  return { type: 'raise-capacity', command: { ...envelopeOf(identity), body } };
}
