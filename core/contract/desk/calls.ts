import { z } from 'zod';

import { patient } from '../../calendar/appointment.ts';
import { typedCommand, type CommandType } from '../../commands/list.ts';
import { outcome } from '../../commands/outcome.ts';
import { id } from '../../primitives/ids.ts';
import { day } from '../../primitives/instants.ts';
import { stored } from '../../primitives/texts.ts';
import { pairing } from '../pairing.ts';
import { patientSearch } from '../patient-search.ts';
import type { DeskProblem, Problem } from '../problem.ts';
import { credentials, person } from '../session.ts';
import { waitlistEntry } from '../waitlist.ts';
import { deskDay } from './desk-day.ts';
import { resolutions, type OutboxEntry } from './outbox-entry.ts';
import { setup, setupApplied, setupChoice, setupTest } from './setup.ts';
import type { DeskStatus } from './status.ts';

/**
 * What became of a command. `done` and `refused` are the server's verdict. `waiting`: the server has not decided, and the
 * command is safe in the outbox on this desk's disk. `P` is wider where the desk itself may refuse.
 */
export type Decision<P = Problem> =
  | { readonly kind: 'done'; readonly outcome: z.infer<typeof outcome> }
  | { readonly kind: 'refused'; readonly problem: P }
  | { readonly kind: 'waiting' };

const nothing = z.strictObject({});

/**
 * The only list of calls that a shell offers its renderer. The desk parses each payload by the call's schema. A call
 * answers `{ ok: true, value }`, or `{ ok: false, problem }` where the server or the desk refused; it rejects only on a bug.
 */
export const deskCalls = {
  /**
   * `setUp` false: the desk does not know its server yet; the first-run screen asks. `isPaired`: the desk knows its
   * organization, and adds the handle to a user name that was typed without one. `isNew`: nobody has signed in here yet. `isDemo`: the
   * desk is paired with the demo clinic.
   */
  describe: {
    input: nothing,
    output: z.strictObject({
      deskId: stored,
      person: person.nullable(),
      setUp: z.boolean(),
      isPaired: z.boolean(),
      isNew: z.boolean(),
      isDemo: z.boolean(),
    }),
  },
  signIn: { input: credentials, output: person },
  signOut: { input: nothing, output: nothing },
  readDay: { input: z.strictObject({ siteId: id, date: day }), output: deskDay },
  searchPatients: { input: patientSearch, output: z.array(patient) },
  /**
   * While the server cannot be reached, `send` answers at once: `waiting`, or a refusal where this desk knows the slots
   * taken.
   */
  send: { input: typedCommand, output: z.custom<Decision>() },
  readWaitlist: { input: z.strictObject({ siteId: id }), output: z.array(waitlistEntry) },
  /** The commands that the server has not decided, and the refusals that nobody has dealt with, oldest first. */
  readOutbox: { input: nothing, output: z.array(z.custom<OutboxEntry>()) },
  /** Asks the server once more for the refusal of a command: the verdict stays, the alternatives are fresh. */
  explainRefusal: { input: z.strictObject({ commandId: id }), output: z.custom<Decision>() },
  /** A person has dealt with a refusal, and with those of the commands that followed it. Nothing else empties the tray. */
  resolveRefusal: { input: z.strictObject({ commandId: id, as: z.enum(resolutions) }), output: nothing },
  readStatus: { input: nothing, output: z.custom<DeskStatus>() },
  /** A file for the people who help: versions, settings, counts, times, errors. No patient's data, no names, no texts. */
  readDiagnostics: { input: nothing, output: z.strictObject({ fileName: stored, text: stored }) },
  /** The server or database from which this desk has its data. */
  readSetup: { input: nothing, output: z.strictObject({ setup: setup.nullable(), changeable: z.boolean() }) },
  /** Tries a choice without keeping it: whether the server answers, is Holdfast, has this version, and takes the code. */
  testSetup: { input: setupChoice, output: setupTest },
  /** Keeps a choice; the desk works by it from now on. */
  applySetup: { input: setupChoice, output: setupApplied },
  /** Makes a one-time code for another desk. Needs the permission `pair-desks`. */
  inviteDesk: { input: nothing, output: pairing },
} as const;

export type DeskCall = keyof typeof deskCalls;
export type DeskInput<C extends DeskCall> = z.input<(typeof deskCalls)[C]['input']>;
export type DeskOutput<C extends DeskCall> = z.output<(typeof deskCalls)[C]['output']>;
export type DeskAnswer<C extends DeskCall> =
  | { readonly ok: true; readonly value: DeskOutput<C> }
  | { readonly ok: false; readonly problem: DeskProblem };

/** What a shell tells its renderer without being asked. */
export type DeskEvent =
  /** Days of a site (dates in its zone) changed since they were read. */
  | { readonly type: 'days-changed'; readonly siteId: string; readonly dates: readonly string[] }
  /** A patient was registered: earlier search results may lack them. */
  | { readonly type: 'patients-changed' }
  | { readonly type: 'everything-changed' }
  | { readonly type: 'waitlist-changed' }
  | { readonly type: 'status'; readonly status: DeskStatus }
  /** Entries of the outbox were added, removed, or changed their state. */
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
