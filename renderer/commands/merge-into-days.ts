import type { Appointment, Patient } from '../../core/calendar/appointment.ts';
import { withAppointments } from '../../core/calendar/change-day.ts';
import type { DeskDay } from '../../core/contract/desk/desk-day.ts';
import { daysKey, queryClient } from '../api/queries.ts';

/** A visit from the server, and the decided command that led to it. */
export interface Merged {
  readonly appointment: Appointment;
  readonly patient: Patient | null;
  readonly commandId: string;
}

/** Puts visits into the days in memory before the desk reports those days as changed: so the cards never blink. */
export function mergeIntoDays(visits: readonly Merged[]): void {
  for (const siteId of new Set(visits.map(({ appointment }) => appointment.siteId))) {
    const queryKey = [...daysKey, siteId];
    const ofSite = visits.filter(({ appointment }) => appointment.siteId === siteId);
    queryClient.setQueriesData<DeskDay>({ queryKey }, (day) => day && withVisits(day, ofSite));
    // A read that began before the decisions would bring the old picture back.
    void queryClient.invalidateQueries({ queryKey, predicate: (query) => query.state.fetchStatus === 'fetching' });
  }
}

/** The day with these visits where they are newer, in the order of the decisions. None of them is provisional any more. */
export function withVisits(day: DeskDay, visits: readonly Merged[]): DeskDay {
  const versions = new Map(day.view.appointments.map(({ appointmentId, version }) => [appointmentId, version]));
  const newest = new Map<string, Merged>();
  for (const visit of visits) {
    const { appointmentId, version } = visit.appointment;
    if ((versions.get(appointmentId) ?? version) > version) continue;
    versions.set(appointmentId, version);
    newest.set(appointmentId, visit);
  }
  const decided = new Set(visits.map(({ commandId }) => commandId));
  const view = newest.size === 0 ? day.view : withAppointments(day.view, [...newest.values()]);
  const provisional = day.provisional.filter(({ commandId }) => !decided.has(commandId));
  return view === day.view && provisional.length === day.provisional.length ? day : { ...day, view, provisional };
}
