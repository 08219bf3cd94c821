import type { DayView } from '../../../core/calendar/calendar.ts';
import { definitionOf } from '../../../core/commands/list.ts';
import { overlayUndecided, type Overlaid, type UndecidedCommand } from '../../../core/commands/overlay.ts';
import type { DeskDay } from '../../../core/contract/desk/desk-day.ts';
import type { Session } from '../../../core/contract/session.ts';

/** A day as the person should see it: the commands that the server has not decided laid over what it told last. */
export function deskDayOf(view: DayView, undecided: readonly UndecidedCommand[], asOf: string | null): DeskDay {
  const overlaid = overlaidOf(view, undecided);
  return {
    view: overlaid.view,
    provisional: [...overlaid.provisional].map(([appointmentId, commandId]) => ({ appointmentId, commandId })),
    asOf,
  };
}

const shown = new WeakMap<DayView, { readonly undecided: readonly UndecidedCommand[]; readonly overlaid: Overlaid }>();

/** The same day is shown many times before anything is another: both are the objects that they were then. */
function overlaidOf(view: DayView, undecided: readonly UndecidedCommand[]): Overlaid {
  const before = shown.get(view);
  if (before?.undecided === undecided) return before.overlaid;
  const overlaid = overlayUndecided(view, concerning(view, undecided));
  shown.set(view, { undecided, overlaid });
  return overlaid;
}

/** The store outlives sign-ins: what one person read is shown to another without what that one may not see. */
export function asSeenBy(day: DeskDay, { person }: Session): DeskDay {
  return person.permissions.includes('read-patients') ? day : { ...day, view: { ...day.view, patients: [] } };
}

/** Of a long day without the network, most commands are on other days: laying over costs by the visit. */
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
