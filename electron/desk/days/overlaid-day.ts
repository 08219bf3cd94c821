import type { DayView } from '../../../core/calendar/calendar.ts';
import { definitionOf } from '../../../core/commands/list.ts';
import { overlayUndecided, type Overlaid, type UndecidedCommand } from '../../../core/commands/overlay.ts';
import type { DeskDay } from '../../../core/contract/desk/desk-day.ts';
import type { Session } from '../../../core/contract/session.ts';

/** Lays the commands that the server has not decided over a day as the server told it last: so a person should see the day. */
export function deskDayOf(view: DayView, undecided: readonly UndecidedCommand[], asOf: string | null): DeskDay {
  const overlaid = overlaidOf(view, undecided);
  return {
    view: overlaid.view,
    provisional: [...overlaid.provisional].map(([appointmentId, commandId]) => ({ appointmentId, commandId })),
    asOf,
  };
}

const shown = new WeakMap<DayView, { readonly undecided: readonly UndecidedCommand[]; readonly overlaid: Overlaid }>();

/** Memoised: while the day and the undecided commands are the same objects, so is the overlay. */
function overlaidOf(view: DayView, undecided: readonly UndecidedCommand[]): Overlaid {
  const before = shown.get(view);
  if (before?.undecided === undecided) return before.overlaid;
  const overlaid = overlayUndecided(view, concerning(view, undecided));
  shown.set(view, { undecided, overlaid });
  return overlaid;
}

/** Takes out what the person may not see: the store outlives sign-ins, and another person may have read the day. */
export function asSeenBy(day: DeskDay, { person }: Session): DeskDay {
  return person.permissions.includes('read-patients') ? day : { ...day, view: { ...day.view, patients: [] } };
}

/** Drops the commands of other days, which after a long day offline are most of them: an overlay costs time for each visit. */
function concerning(view: DayView, undecided: readonly UndecidedCommand[]): readonly UndecidedCommand[] {
  if (undecided.length === 0) return undecided;
  const here = new Set(view.appointments.map(({ appointmentId }) => appointmentId));
  return undecided.filter(({ typed, expected }) => {
    if (definitionOf(typed.type).about === 'slots') return true;
    if (!('appointmentId' in typed.command.body)) return false;
    const { appointmentId } = typed.command.body;
    if (expected?.siteId === view.site.siteId) here.add(appointmentId);
    return here.has(appointmentId);
  });
}
