import { z } from 'zod';

import { patient } from '../../calendar/appointment.ts';
import { typedCommand, type CommandType } from '../../commands/list.ts';
import { outcome } from '../../commands/outcome.ts';
import { id } from '../../primitives/ids.ts';
import { day } from '../../primitives/instants.ts';
import { pairing } from '../pairing.ts';
import type { DeskProblem, Problem } from '../problem.ts';
import { credentials, person } from '../session.ts';
import { waitlistEntry } from '../waitlist.ts';
import { deskDay } from './desk-day.ts';
import { resolutions, type OutboxEntry } from './outbox-entry.ts';
import { setup, setupApplied, setupChoice, setupTest } from './setup.ts';
import type { DeskStatus } from './status.ts';

/**
 * What the server said, or that it has not spoken yet: then the command is kept in the outbox, and `waiting` says that it
 * is safe on this desk's disk. `P` is wider where the desk itself may refuse.
 */
export type Decision<P = Problem> =
  | { readonly kind: 'done'; readonly outcome: z.infer<typeof outcome> }
  | { readonly kind: 'refused'; readonly problem: P }
  | { readonly kind: 'waiting' };

const nothing = z.strictObject({});

/**
 * The only list of calls that a shell offers its renderer. Each payload is parsed by its schema on arrival. A call
 * answers `{ ok: true, value }`, or `{ ok: false, problem }` where the server or the desk refused; it rejects only on a bug.
 */
export const deskCalls = {
  /** `setUp` false: the desk does not know its server yet; the first-run screen asks. */
  describe: {
    input: nothing,
    output: z.strictObject({ deskId: z.string(), person: person.nullable(), setUp: z.boolean() }),
  },
  signIn: { input: credentials, output: person },
  signOut: { input: nothing, output: nothing },
  readDay: { input: z.strictObject({ siteId: id, date: day }), output: deskDay },
  searchPatients: { input: z.strictObject({ query: z.string().trim().min(2).max(100) }), output: z.array(patient) },
  /** Answers at once with `waiting` where the server cannot be reached; refuses at once what this desk knows to be taken then. */
  send: { input: typedCommand, output: z.custom<Decision>() },
  readWaitlist: { input: z.strictObject({ siteId: id }), output: z.array(waitlistEntry) },
  /** What the server has not decided, and what it refused and nobody has dealt with, oldest first. */
  readOutbox: { input: nothing, output: z.array(z.custom<OutboxEntry>()) },
  /** Asks the server for the refusal of a command once more: the verdict stays, its alternatives are fresh. */
  explainRefusal: { input: z.strictObject({ commandId: id }), output: z.custom<Decision>() },
  /** A person has dealt with a refusal; what followed the command goes with it. Nothing leaves the tray otherwise. */
  resolveRefusal: { input: z.strictObject({ commandId: id, as: z.enum(resolutions) }), output: nothing },
  readStatus: { input: nothing, output: z.custom<DeskStatus>() },
  /** A file for whoever helps: versions, settings, counts, times, errors. No patient's data, no names, no texts. */
  readDiagnostics: { input: nothing, output: z.strictObject({ fileName: z.string(), text: z.string() }) },
  /** Where this desk gets its data from. */
  readSetup: { input: nothing, output: z.strictObject({ setup: setup.nullable(), changeable: z.boolean() }) },
  /** Tries a choice without keeping it: is the server there, is it ours, of this version, does the code open it. */
  testSetup: { input: setupChoice, output: setupTest },
  /** Keeps a choice and works by it from now on. */
  applySetup: { input: setupChoice, output: setupApplied },
  /** A one-time code for another desk, for those who may pair desks. */
  inviteDesk: { input: nothing, output: pairing },
} as const;

export type DeskCall = keyof typeof deskCalls;
export type DeskInput<C extends DeskCall> = z.input<(typeof deskCalls)[C]['input']>;
export type DeskOutput<C extends DeskCall> = z.output<(typeof deskCalls)[C]['output']>;
export type DeskAnswer<C extends DeskCall> =
  | { readonly ok: true; readonly value: DeskOutput<C> }
  | { readonly ok: false; readonly problem: DeskProblem };

/** What a shell tells its renderer unasked. */
export type DeskEvent =
  /** Days (site-local dates) of a site that are no longer as they were read. */
  | { readonly type: 'days-changed'; readonly siteId: string; readonly dates: readonly string[] }
  /** Somebody was registered: what a search found before may lack them. */
  | { readonly type: 'patients-changed' }
  | { readonly type: 'everything-changed' }
  | { readonly type: 'waitlist-changed' }
  | { readonly type: 'status'; readonly status: DeskStatus }
  /** Entries of the outbox came, went or changed their state. */
  | { readonly type: 'outbox-changed' }
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
