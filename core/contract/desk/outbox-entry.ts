import type { Appointment, Patient } from '../../calendar/appointment.ts';
import type { TypedCommand } from '../../commands/list.ts';
import type { Problem } from '../problem.ts';

/** saved: on this desk's disk · sent: on its way, the verdict unknown · refused: the server's verdict, and nobody dealt with it. */
export const outboxStates = ['saved', 'sent', 'refused'] as const;
export type OutboxState = (typeof outboxStates)[number];

/** How a person dealt with a refusal. */
export const resolutions = ['rebooked', 'kept-on-waitlist', 'discarded'] as const;
export type Resolution = (typeof resolutions)[number];

export interface OutboxEntry {
  readonly typed: TypedCommand;
  readonly state: OutboxState;
  /** Of book, move and reinstate: the visit as this desk's own decision placed it; of transitions: as it was shown then. */
  readonly expected: Appointment | null;
  /** Whom it is about, where the desk knows them and the person may see it. */
  readonly patient: Patient | null;
  /** Of a refused one. */
  readonly problem: Problem | null;
  /** Refused because the command that it followed was: it is dealt with together with that one. */
  readonly followsCommandId: string | null;
}
