import { z } from 'zod';

import { arrive } from './arrive.ts';
import { book } from './book.ts';
import { cancel } from './cancel.ts';
import { checkIn } from './check-in.ts';
import { subjects, type CommandDefinition } from './define-command.ts';
import { fulfil } from './fulfil.ts';
import { joinWaitlist } from './join-waitlist.ts';
import { leaveWaitlist } from './leave-waitlist.ts';
import { move } from './move.ts';
import { noShow } from './no-show.ts';
import { raiseCapacity } from './raise-capacity.ts';
import { registerPatient } from './register-patient.ts';
import { reinstate } from './reinstate.ts';
import { unArrive } from './un-arrive.ts';
import { unCheckIn } from './un-check-in.ts';
import { unFulfil } from './un-fulfil.ts';
import { unNoShow } from './un-no-show.ts';

/** The only list of commands. HTTP routes, desk calls, the outbox and the permissions follow from it. */
const definitions = [
  book,
  move,
  cancel,
  arrive,
  checkIn,
  fulfil,
  noShow,
  unArrive,
  unCheckIn,
  unFulfil,
  unNoShow,
  reinstate,
  raiseCapacity,
  registerPatient,
  joinWaitlist,
  leaveWaitlist,
] as const;

type Definition = (typeof definitions)[number];
export type CommandType = Definition['type'];

/** The definitions by their type. */
export const commands = Object.fromEntries(definitions.map((definition) => [definition.type, definition])) as {
  readonly [D in Definition as D['type']]: D;
};
export const commandTypes: readonly CommandType[] = definitions.map(({ type }) => type);

/** A command of one type: envelope, body, and precondition where the type has one. */
export type Command<T extends CommandType = CommandType> = z.infer<(typeof commands)[T]['schema']>;
/** A command with its type beside it, as the outbox keeps it. */
export type TypedCommand<T extends CommandType = CommandType> = {
  [K in T]: { readonly type: K; readonly command: Command<K> };
}[T];

/** The types that have an undo. */
export type UndoableType = {
  [D in Definition as D['type']]: D extends { undo: unknown } ? D['type'] : never;
}[CommandType];

/** The types that take slots and may lose a race for them. */
export type SlotTakingType = {
  [D in Definition as D['type']]: D extends { takesSlots: unknown } ? D['type'] : never;
}[CommandType];

/** The schema of a command with its type beside it. */
export const typedCommand = z.discriminatedUnion(
  'type',
  definitions.map(({ type, schema }) =>
    z.strictObject({ type: z.literal(type), command: schema as z.ZodType<Command> }),
  ) as unknown as [z.ZodObject<{ type: z.ZodLiteral<CommandType>; command: z.ZodType<Command> }>],
) as unknown as z.ZodType<TypedCommand, TypedCommand>;

/** One value for each type of command. */
export function byCommandType<T>(value: (type: CommandType) => T): Record<CommandType, T> {
  return Object.fromEntries(commandTypes.map((type) => [type, value(type)])) as Record<CommandType, T>;
}

/** A definition typed by the traits that every command may have, for code that serves all types. */
export function definitionOf(type: CommandType): CommandDefinition<CommandType> {
  return commands[type] as unknown as CommandDefinition<CommandType>;
}

export function takesSlots(type: CommandType): type is SlotTakingType {
  return definitionOf(type).takesSlots !== undefined;
}

/** The types whose definitions pass the test `has`. */
export function typesThat(has: (definition: CommandDefinition<CommandType>) => boolean): readonly CommandType[] {
  return commandTypes.filter((type) => has(definitionOf(type)));
}

/** A command's lane, the id of what it acts on. Commands of one lane reach the server in the order of their making. */
export function laneOf({ type, command }: TypedCommand): string {
  const body = command.body as Readonly<Record<string, unknown>>;
  return String(body[subjects[definitionOf(type).about]]);
}

/** The id of the command that must be done first, from the precondition; null where there is none. */
export function parentOf(command: Command): string | null {
  return 'precondition' in command && command.precondition && 'afterCommandId' in command.precondition
    ? command.precondition.afterCommandId
    : null;
}

/** Whether a command makes a patient known. Until the server has decided it, only the desk that sent it knows the patient. */
export function isRegistration({ type }: TypedCommand): boolean {
  const { about, makes } = definitionOf(type);
  return about === 'patient' && makes === true;
}
