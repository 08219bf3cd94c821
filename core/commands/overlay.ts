import type { Appointment, Patient } from '../calendar/appointment.ts';
import type { DayView } from '../calendar/calendar.ts';
import { definitionOf, type TypedCommand } from './list.ts';

/** A command that the server has not decided, with what the desk expects of it. */
export interface UndecidedCommand {
  readonly typed: TypedCommand;
  /** Where the command takes slots: the visit as the desk's own decision places it, with the version that this would leave. */
  readonly expected: Appointment | null;
  /** Of book: the patient whom the card names before the server does. */
  readonly patient: Patient | null;
}

export interface Overlaid {
  readonly view: DayView;
  /** Appointments that show what the server has not decided, each with the last command on it. */
  readonly provisional: ReadonlyMap<string, string>;
}

/**
 * What the person should see: the day as the server last told it, with the commands that it has not decided laid over
 * it, in their order. A command that the day already shows (the feed was faster than the answer) changes nothing.
 */
export function overlayUndecided(view: DayView, undecided: readonly UndecidedCommand[]): Overlaid {
  const provisional = new Map<string, string>();
  let overlaid = view;
  for (const { typed, ...rest } of undecided) {
    const laid = definitionOf(typed.type).overlay?.(overlaid, { command: typed.command, ...rest });
    if (!laid) continue;
    overlaid = laid.view;
    if (laid.appointmentId !== null) provisional.set(laid.appointmentId, typed.command.commandId);
  }
  return { view: overlaid, provisional };
}
