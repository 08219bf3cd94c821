import { z } from 'zod';

import { patient } from '../appointment.ts';
import { dayView } from '../calendar.ts';
import { commands, type CommandType, type TypedCommand } from '../commands/list.ts';
import { outcome } from '../commands/outcome.ts';
import { day, id } from '../primitives.ts';
import type { DeskProblem, Problem } from '../problem.ts';
import { credentials, person } from '../session.ts';

/** What the server said, or that it has not spoken yet: then the command waits in the outbox. */
export type Decision =
  | { readonly kind: 'done'; readonly outcome: z.infer<typeof outcome> }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'waiting' };

const typedCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('book'), command: commands.book.schema }),
  z.strictObject({ type: z.literal('move'), command: commands.move.schema }),
  z.strictObject({ type: z.literal('cancel'), command: commands.cancel.schema }),
  z.strictObject({ type: z.literal('check-in'), command: commands['check-in'].schema }),
  z.strictObject({ type: z.literal('un-arrive'), command: commands['un-arrive'].schema }),
  z.strictObject({ type: z.literal('raise-capacity'), command: commands['raise-capacity'].schema }),
  z.strictObject({ type: z.literal('register-patient'), command: commands['register-patient'].schema }),
]) satisfies z.ZodType<TypedCommand>;

/**
 * The only list of calls that a shell offers its renderer. Each payload is parsed by its schema on arrival. A call
 * answers `{ ok: true, value }`, or `{ ok: false, problem }` where the server or the desk refused; it rejects only on a bug.
 */
export const deskCalls = {
  describe: { input: z.strictObject({}), output: z.strictObject({ deskId: z.string(), person: person.nullable() }) },
  signIn: { input: credentials, output: person },
  signOut: { input: z.strictObject({}), output: z.strictObject({}) },
  readDay: { input: z.strictObject({ siteId: id, date: day }), output: dayView },
  searchPatients: { input: z.strictObject({ query: z.string().trim().min(2).max(100) }), output: z.array(patient) },
  send: { input: typedCommand, output: z.custom<Decision>() },
} as const;

export type DeskCall = keyof typeof deskCalls;
export type DeskInput<C extends DeskCall> = z.input<(typeof deskCalls)[C]['input']>;
export type DeskOutput<C extends DeskCall> = z.output<(typeof deskCalls)[C]['output']>;
export type DeskAnswer<C extends DeskCall> =
  | { readonly ok: true; readonly value: DeskOutput<C> }
  | { readonly ok: false; readonly problem: DeskProblem };

export const connectionStates = ['connecting', 'online', 'offline'] as const;

/** What a shell tells its renderer unasked. */
export type DeskEvent =
  /** Days (site-local dates) of a site that are no longer as they were read. */
  | { readonly type: 'days-changed'; readonly siteId: string; readonly dates: readonly string[] }
  /** Somebody was registered: what a search found before may lack them. */
  | { readonly type: 'patients-changed' }
  | { readonly type: 'everything-changed' }
  | { readonly type: 'connection'; readonly state: (typeof connectionStates)[number] }
  | {
      readonly type: 'decided';
      readonly commandId: string;
      readonly commandType: CommandType;
      readonly decision: Decision;
    };

/** `window.desk`: the renderer's only door. */
export interface Desk {
  call<C extends DeskCall>(name: C, input: DeskInput<C>): Promise<DeskAnswer<C>>;
  /** Gives every event to the listener until the returned function is called. */
  listen(listener: (event: DeskEvent) => void): () => void;
}
