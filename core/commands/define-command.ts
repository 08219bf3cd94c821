import type { z } from 'zod';

import type { Appointment, Patient } from '../calendar/appointment.ts';
import type { DayView } from '../calendar/calendar.ts';
import type { Permission } from '../domain/people/permissions.ts';
import type { envelope } from '../primitives/envelope.ts';

/** What a command acts on, and the member of the body that holds the id of it. */
export const subjects = {
  appointment: 'appointmentId',
  slots: 'resourceId',
  patient: 'patientId',
  'waitlist-entry': 'waitlistEntryId',
} as const;
export type Subject = keyof typeof subjects;

/** What a definition knows of any command: the envelope, and that there is a body. */
type AnyCommand = z.infer<typeof envelope> & { readonly body: object };

/** A day with an undecided command laid over it; `appointmentId` is the visit that the command makes provisional. */
export interface Laid {
  readonly view: DayView;
  readonly appointmentId: string | null;
}

/** An undecided command, as much of it as an overlay needs. */
export interface Undecided<C> {
  readonly command: C;
  /** Of a command that takes slots: the visit as the desk's forecast places it, with the version that it would then have. */
  readonly expected: Appointment | null;
  /** The patient on the visit's card, until the day itself holds the patient. */
  readonly patient: Patient | null;
}

/** The command that takes another one back: its type and body. */
export interface Undo {
  readonly type: string;
  readonly body: object;
  /** True: the undo brings the visit back to what it was. False: the undo is a transition, which says the status. */
  readonly restores: boolean;
}

interface Traits<C> {
  readonly permission: Permission;
  /** What the command does, in the imperative: for the API's document. */
  readonly summary: string;
  /** What the command acts on. Commands about one thing are one lane: they reach the server in the order of their making. */
  readonly about: Subject;
  /** The command makes the thing that it is about: later commands on the same thing make no sense without it. */
  readonly makes?: true;
  /**
   * The command takes slots and may lose a race for them. `anew`: the visit holds no slots before. `elsewhere`: the visit
   * keeps its slots until the command has the new ones. `the-rest`: the visit holds a part of its slots and keeps it.
   */
  readonly takesSlots?: 'anew' | 'elsewhere' | 'the-rest';
  /**
   * The command that takes this one back within `undoSeconds`; null where this one cannot be taken back. `before` is the
   * visit before this command, null where there was none.
   */
  undo?(command: C, before: Appointment | null): Undo | null;
  /** The day with this command laid over it; null where the day already shows it or the command changes nothing there. */
  overlay?(view: DayView, undecided: Undecided<C>): Laid | null;
}

export type CommandDefinition<T extends string = string, S extends z.ZodType<AnyCommand> = z.ZodType<AnyCommand>> = {
  readonly type: T;
  /** The schema of envelope, body, and precondition where the command has one. */
  readonly schema: S;
} & Traits<z.infer<S>>;

/**
 * Defines a command, once: its route, the desk's union, permission, lane, undo and overlay follow from the definition. The
 * server adds how it decides the command (server/api/server-commands.ts), the desk what it expects of the command
 * (electron/desk/bookings/forecasts.ts), the renderer words and buttons.
 */
export function defineCommand<
  const T extends string,
  S extends z.ZodType<AnyCommand>,
  const R extends Traits<z.infer<S>>,
>(definition: { readonly type: T; readonly schema: S } & R): { readonly type: T; readonly schema: S } & R {
  return definition;
}
