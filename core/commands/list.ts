import type { z } from 'zod';

import type { Permission } from '../domain/people/permissions.ts';
import { book } from './book.ts';
import { move } from './move.ts';
import { raiseCapacity } from './raise-capacity.ts';
import { registerPatient } from './register-patient.ts';
import { cancel, checkIn, reinstate, unArrive } from './transitions.ts';
import { joinWaitlist, leaveWaitlist } from './waitlist.ts';

/** The only list of commands. HTTP routes, desk calls, the outbox and the permissions follow from it. */
export const commands = {
  book: { schema: book, permission: 'book', summary: 'Book a visit' },
  move: { schema: move, permission: 'book', summary: 'Move or resize a visit' },
  cancel: { schema: cancel, permission: 'book', summary: 'Cancel a visit' },
  'check-in': { schema: checkIn, permission: 'check-in', summary: 'Check a patient in' },
  'un-arrive': { schema: unArrive, permission: 'check-in', summary: 'Take an arrival or a check-in back' },
  reinstate: { schema: reinstate, permission: 'book', summary: 'Bring a cancelled visit back' },
  'raise-capacity': { schema: raiseCapacity, permission: 'raise-capacity', summary: "Raise a slot's capacity" },
  'register-patient': { schema: registerPatient, permission: 'book', summary: 'Register a new patient' },
  'join-waitlist': { schema: joinWaitlist, permission: 'book', summary: 'Keep a wish on the waitlist' },
  'leave-waitlist': { schema: leaveWaitlist, permission: 'book', summary: 'Take an entry off the waitlist' },
} as const satisfies Record<string, { schema: z.ZodType; permission: Permission; summary: string }>;

export type CommandType = keyof typeof commands;

/** A command of one type: envelope, precondition where it has one, body. */
export type Command<T extends CommandType = CommandType> = z.infer<(typeof commands)[T]['schema']>;
/** The same with its type beside it, as the outbox keeps it. */
export type TypedCommand = { [T in CommandType]: { readonly type: T; readonly command: Command<T> } }[CommandType];

/** The command without whose success this one makes no sense, or null. */
export function parentOf(command: Command): string | null {
  return 'precondition' in command && command.precondition && 'afterCommandId' in command.precondition
    ? command.precondition.afterCommandId
    : null;
}
