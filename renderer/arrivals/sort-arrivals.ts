import type { Visit } from '../visits/columns.ts';
import { minuteOf } from '../words/clock.ts';

export interface Arrivals {
  readonly waiting: readonly Visit[];
  readonly expected: readonly Visit[];
  readonly checkedIn: readonly Visit[];
  readonly done: readonly Visit[];
  readonly missed: readonly Visit[];
}

/** Who waits comes first by how long, everybody else by the time of the visit. */
export function sortArrivals(visits: readonly Visit[]): Arrivals {
  const inOrder = visits.toSorted((a, b) => a.start - b.start || a.providerName.localeCompare(b.providerName));
  const having = (...statuses: readonly Visit['appointment']['status'][]) =>
    inOrder.filter(({ appointment }) => statuses.includes(appointment.status));
  const since = (visit: Visit) => visit.appointment.arrivedAt ?? visit.appointment.scheduledStart;
  return {
    waiting: having('arrived').toSorted((a, b) => minuteOf(since(a)) - minuteOf(since(b))),
    expected: having('booked', 'pending'),
    checkedIn: having('checked-in'),
    done: having('fulfilled'),
    missed: having('noshow'),
  };
}
