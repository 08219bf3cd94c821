import type { Appointment } from '../../../../../core/calendar/appointment.ts';
import type { DayView } from '../../../../../core/calendar/calendar.ts';
import { instantOf, minutesPerQuarter } from '../../../../../core/domain/time/quarter.ts';
import { zonedInstant } from '../../../../../core/domain/time/zoned.ts';
import { columnsOf, type Column, type Visit } from '../../../../../renderer/visits/columns.ts';
import { clockAt, dayScaleOf, type DayScale } from '../../../../../renderer/words/day-scale.ts';

/** The data that all three calendars draw. */
export interface PageDay {
  readonly view: DayView;
  readonly scale: DayScale;
  /** The finished events for the libraries. Our calendar makes its own within the measured time. */
  readonly columns: readonly Column[];
  /** The dragged visit: booked, half an hour long, and in the first screen of the fifth to ninth column. */
  readonly dragged: Visit;
}

/** One visit in the libraries' form. They read a `Date` in the browser's zone, which is the clinic's. */
export interface PageEvent {
  readonly id: string;
  readonly resourceId: string;
  readonly start: Date;
  readonly end: Date;
  readonly status: Appointment['status'];
  readonly time: string;
  readonly patient: string;
  readonly service: string;
  /** Absent when the visit is too short to show it. */
  readonly place: string | null;
}

export const noneProvisional: ReadonlySet<string> = new Set();

export function pageDayOf(view: DayView): PageDay {
  const scale = dayScaleOf(view.date, view.site.timeZone);
  const columns = columnsOf(view, noneProvisional, scale, 'provider');
  const dragged = columns
    .slice(4, 9)
    .flatMap(({ visits }) => visits)
    .find(({ appointment, start, end }) => {
      const row = start - scale.start;
      return appointment.status === 'booked' && end - start === 2 && row >= 10 && row <= 25;
    });
  if (!dragged) throw new Error('this seed has no visit to drag: take another');
  return { view, scale, columns, dragged };
}

export function eventsOf({ columns, scale }: PageDay): PageEvent[] {
  return columns.flatMap(({ visits }) => visits.map((visit) => eventOf(visit, scale)));
}

/** The same words as on our card, for visits of the same lengths. */
export function eventOf(visit: Visit, scale: DayScale): PageEvent {
  const { appointment, start, end } = visit;
  return {
    id: appointment.appointmentId,
    resourceId: appointment.providerId,
    start: new Date(instantOf(start)),
    end: new Date(instantOf(end)),
    status: appointment.status,
    time: clockAt(scale, start),
    patient: visit.patient?.displayName ?? '',
    service: end - start >= 2 ? (visit.service?.name ?? '') : '',
    place: end - start >= 3 ? visit.roomName : null,
  };
}

/** The last visit of the n-th column, moved a quarter later into free time, and checked in. */
export function changedVisit({ columns, view }: PageDay, n: number): Visit {
  const visit = columns[n]?.visits.at(-1);
  if (!visit) throw new Error(`column ${n} has no visit to change`);
  const start = visit.start + 1;
  const appointment: Appointment = {
    ...visit.appointment,
    version: visit.appointment.version + 1,
    scheduledStart: zonedInstant(start, view.site.timeZone),
    status: visit.appointment.status === 'checked-in' ? 'fulfilled' : 'checked-in',
  };
  return { ...visit, appointment, start, end: start + appointment.durationMinutes / minutesPerQuarter };
}
