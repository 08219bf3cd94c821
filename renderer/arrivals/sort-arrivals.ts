import { dayLists, traitsOf, type DayList } from '../../core/domain/statuses.ts';
import type { Visit } from '../visits/columns.ts';
import { minuteOf } from '../words/clock.ts';

export type Arrivals = Readonly<Record<DayList, readonly Visit[]>>;

/** The day's people by list. Those who wait stand in the order of their arrival, all others in the order of their visits. */
export function sortArrivals(visits: readonly Visit[]): Arrivals {
  const inOrder = visits.toSorted((a, b) => a.start - b.start || a.providerName.localeCompare(b.providerName));
  const since = ({ appointment }: Visit) => minuteOf(appointment.arrivedAt ?? appointment.scheduledStart);
  const listed = (list: DayList) => inOrder.filter(({ appointment }) => traitsOf(appointment.status).list === list);
  const lists = Object.fromEntries(dayLists.map((list) => [list, listed(list)])) as Record<DayList, Visit[]>;
  return { ...lists, waiting: lists.waiting.toSorted((a, b) => since(a) - since(b)) };
}
