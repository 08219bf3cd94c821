import type { Appointment, Patient } from '../../calendar/appointment.ts';
import type { TypedCommand } from '../../commands/list.ts';
import type { Problem } from '../problem.ts';

/** `saved`: on this desk's disk. `sent`: on its way, verdict unknown. `refused`: by the server, and nobody has dealt with it. */
export const outboxStates = ['saved', 'sent', 'refused'] as const;
export type OutboxState = (typeof outboxStates)[number];

/** How a person dealt with a refusal. */
export const resolutions = ['rebooked', 'kept-on-waitlist', 'discarded'] as const;
export type Resolution = (typeof resolutions)[number];

export interface OutboxEntry {
  readonly typed: TypedCommand;
  readonly state: OutboxState;
  /** Of book, move and reinstate: the visit as this desk's forecast placed it. Of transitions: the visit as shown then. */
  readonly expected: Appointment | null;
  /** The patient, where the desk knows them and the person may see them. */
  readonly patient: Patient | null;
  /** Of a refused command: why. */
  readonly problem: Problem | null;
  /** The command whose refusal refused this one too; a person deals with both together. */
  readonly followsCommandId: string | null;
}
