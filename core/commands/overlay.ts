import type { Appointment, Patient } from '../calendar/appointment.ts';
import type { DayView } from '../calendar/calendar.ts';
import { definitionOf, type TypedCommand } from './list.ts';

/** A command that the server has not decided, with what the desk expects of the command. */
export interface UndecidedCommand {
  readonly typed: TypedCommand;
  /** Of a command that takes slots: the visit as the desk's forecast places it, with the version that it would then have. */
  readonly expected: Appointment | null;
  /** Of book: the patient on the visit's card, until the day itself holds the patient. */
  readonly patient: Patient | null;
}

export interface Overlaid {
  readonly view: DayView;
  /** The ids of the appointments that show what the server has not decided, each with the id of the last command on it. */
  readonly provisional: ReadonlyMap<string, string>;
}

/**
 * Lays undecided commands over a day from the server, in their order: the result is what a person sees. A command that the
 * day already shows changes nothing: the feed may bring a change before the command's answer.
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
