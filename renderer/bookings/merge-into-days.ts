import type { Appointment, Patient } from '../../core/contract/appointment.ts';
import type { DeskDay } from '../../core/contract/desk/desk-day.ts';
import { withAppointment } from '../../core/contract/overlay.ts';
import { daysKey, queryClient } from '../api/queries.ts';

/**
 * Puts a visit as the server gave it into the days that were read, before the desk tells of them: the card never blinks.
 * `commandId`: the command that led to it, which is decided now.
 */
export function mergeIntoDays(appointment: Appointment, patient: Patient | null, commandId: string): void {
  queryClient.setQueriesData<DeskDay>({ queryKey: [...daysKey, appointment.siteId] }, (day) => {
    if (!day) return day;
    const known = day.view.appointments.find((other) => other.appointmentId === appointment.appointmentId);
    const isOlder = known !== undefined && known.version > appointment.version;
    const view = isOlder ? day.view : withAppointment(day.view, appointment, patient);
    const isProvisional = day.provisional.some((other) => other.commandId === commandId);
    if (view === day.view && !isProvisional) return day;
    return { ...day, view, provisional: day.provisional.filter((other) => other.commandId !== commandId) };
  });
  // A read that set out before the decision would bring the old picture back.
  void queryClient.invalidateQueries({
    queryKey: [...daysKey, appointment.siteId],
    predicate: (query) => query.state.fetchStatus === 'fetching',
  });
}
