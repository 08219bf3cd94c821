import type { z } from 'zod';

import type { Appointment, Patient } from '../calendar/appointment.ts';
import type { DayView } from '../calendar/calendar.ts';
import type { Permission } from '../domain/people/permissions.ts';
import type { envelope } from '../primitives/envelope.ts';

/** What a command acts on, and the member of its body that holds the id. */
export const subjects = {
  appointment: 'appointmentId',
  slots: 'resourceId',
  patient: 'patientId',
  'waitlist-entry': 'waitlistEntryId',
} as const;
export type Subject = keyof typeof subjects;

/** A command as a definition sees it: the envelope and a body of its own. */
type AnyCommand = z.infer<typeof envelope> & { readonly body: object };

/** A day with an undecided command laid over it; `appointmentId` names the visit that is provisional by it. */
export interface Laid {
  readonly view: DayView;
  readonly appointmentId: string | null;
}

/** What a day needs to know of an undecided command. */
export interface Undecided<C> {
  readonly command: C;
  /** Where the command takes slots: the visit as the desk's own decision places it, with the version that this would leave. */
  readonly expected: Appointment | null;
  /** Whom the card names before the server does. */
  readonly patient: Patient | null;
}

/** The command that takes another one back: its type and body. */
export interface Undo {
  readonly type: string;
  readonly body: object;
  /** The visit stands again as it stood before; else the undo is a transition, and its status follows from that. */
  readonly restores: boolean;
}

interface Traits<C> {
  readonly permission: Permission;
  /** For the API's document: what the command does, in the imperative. */
  readonly summary: string;
  /** What the command acts on. Commands about one thing reach the server in the order in which they were made (one lane). */
  readonly about: Subject;
  /** The command makes the thing that it is about: what follows on the same thing makes no sense without it. */
  readonly makes?: true;
  /** The command takes slots, and may lose a race for them: for a visit that has none, or for one that keeps its own until then. */
  readonly takesSlots?: 'anew' | 'elsewhere';
  /**
   * The command that takes this one back within `undoSeconds`. `before` is the visit as it stood before, null where there was
   * none. Null where this one cannot be taken back.
   */
  undo?(command: C, before: Appointment | null): Undo | null;
  /** The day as it looks with this command; null: the day already shows it, or it changes nothing there. */
  overlay?(view: DayView, undecided: Undecided<C>): Laid | null;
}

export type CommandDefinition<T extends string = string, S extends z.ZodType<AnyCommand> = z.ZodType<AnyCommand>> = {
  readonly type: T;
  /** Envelope, precondition where the command has one, body. */
  readonly schema: S;
} & Traits<z.infer<S>>;

/**
 * Defines a command, once: its route, the desk's union, permission, lane, undo and overlay follow from the definition. The
 * server adds how the command is decided (server/api/server-commands.ts), the desk what it expects of it
 * (electron/desk/bookings/forecasts.ts), the renderer words and buttons.
 */
export function defineCommand<
  const T extends string,
  S extends z.ZodType<AnyCommand>,
  const R extends Traits<z.infer<S>>,
>(definition: { readonly type: T; readonly schema: S } & R): { readonly type: T; readonly schema: S } & R {
  return definition;
}
