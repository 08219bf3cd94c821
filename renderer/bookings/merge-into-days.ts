import type { Appointment, Patient } from '../../core/contract/appointment.ts';
import type { DeskDay } from '../../core/contract/desk/desk-day.ts';
import { withAppointment } from '../../core/contract/overlay.ts';
import { daysKey, queryClient } from '../api/queries.ts';

/** A visit as the server gave it, and the command that led to it, which is decided now. */
export interface Merged {
  readonly appointment: Appointment;
  readonly patient: Patient | null;
  readonly commandId: string;
}

/** Puts visits into the days that were read, before the desk tells of them: the cards never blink. */
export function mergeIntoDays(visits: readonly Merged[]): void {
  for (const siteId of new Set(visits.map(({ appointment }) => appointment.siteId))) {
    const queryKey = [...daysKey, siteId];
    queryClient.setQueriesData<DeskDay>({ queryKey }, (day) =>
      visits.filter(({ appointment }) => appointment.siteId === siteId).reduce(withVisit, day),
    );
    // A read that set out before the decisions would bring the old picture back.
    void queryClient.invalidateQueries({ queryKey, predicate: (query) => query.state.fetchStatus === 'fetching' });
  }
}

function withVisit(day: DeskDay | undefined, { appointment, patient, commandId }: Merged): DeskDay | undefined {
  if (!day) return day;
  const known = day.view.appointments.find((other) => other.appointmentId === appointment.appointmentId);
  const isOlder = known !== undefined && known.version > appointment.version;
  const view = isOlder ? day.view : withAppointment(day.view, appointment, patient);
  const isProvisional = day.provisional.some((other) => other.commandId === commandId);
  if (view === day.view && !isProvisional) return day;
  return { ...day, view, provisional: day.provisional.filter((other) => other.commandId !== commandId) };
}
