import type { Appointment } from '../../../core/calendar/appointment.ts';
import type { DayView } from '../../../core/calendar/calendar.ts';
import { definitionOf } from '../../../core/commands/list.ts';
import { quarterOf, type Quarter } from '../../../core/domain/time/quarter.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { loadAppointment } from '../store/appointments.ts';
import { findHeldDate, loadHeldDay } from '../store/held-days.ts';
import type { StoredCommand } from '../store/outbox.ts';
import { deskDayOf } from './overlaid-day.ts';

/** The held days as a person sees them: with the undecided commands laid over them. */
export interface ShownDays {
  /** The day of a site that contains a quarter; null where the desk does not hold that day. */
  dayAt(siteId: string, quarter: Quarter): DayView | null;
  /** A visit as a person sees it, on any day; null where the desk does not know it. */
  visit(appointmentId: string): Appointment | null;
}

export function showDays(store: Store, orgId: string, undecided: readonly StoredCommand[]): ShownDays {
  const days = new Map<string, DayView | null>();

  const show = (siteId: string, date: string): DayView | null => {
    const key = `${siteId} ${date}`;
    let view = days.get(key);
    if (view === undefined) {
      const held = loadHeldDay(store, orgId, siteId, date);
      view = held ? deskDayOf(held.view, undecided, null).view : null;
      days.set(key, view);
    }
    return view;
  };

  const dayAt = (siteId: string, quarter: Quarter): DayView | null => {
    const date = findHeldDate(store, orgId, siteId, quarter);
    return date === null ? null : show(siteId, date);
  };

  return {
    dayAt,
    visit(appointmentId) {
      const held = loadAppointment(store, orgId, appointmentId);
      const placed = undecided.findLast(
        ({ typed, expected }) =>
          expected?.appointmentId === appointmentId && definitionOf(typed.type).takesSlots !== undefined,
      )?.expected;
      const known = placed && (!held || placed.version > held.version) ? placed : held;
      if (!known) return null;
      const view = dayAt(known.siteId, quarterOf(known.scheduledStart));
      return view?.appointments.find((other) => other.appointmentId === appointmentId) ?? known;
    },
  };
}
