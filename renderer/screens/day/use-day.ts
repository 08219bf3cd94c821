import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';

import type { DayView } from '../../../core/calendar/calendar.ts';
import { overlayUndecided } from '../../../core/commands/overlay.ts';
import type { DeskDay } from '../../../core/contract/desk/desk-day.ts';
import type { ResourceKind } from '../../../core/domain/terms.ts';
import { addDays } from '../../../core/domain/time/zoned.ts';
import { dayQuery } from '../../api/queries.ts';
import type { PendingCommand } from '../../commands/pending-commands.ts';
import { columnsOf, heldBy, isOff, makeColumnKeeper, type Column, type Visit } from '../../visits/columns.ts';
import { dayScaleOf, type DayScale } from '../../words/day-scale.ts';

export interface Day {
  /** The day with the pending commands laid over it; null before the first read. */
  readonly view: DayView | null;
  /** The shown visits that the server has not decided, each with the last command on it. */
  readonly provisional: ReadonlyMap<string, string>;
  /** The moment since which the desk may have missed changes; null while the desk is up to date. */
  readonly asOf: string | null;
  readonly scale: DayScale | null;
  /** The columns of the asked kind. */
  readonly columns: readonly Column[];
  /** The columns of resources that neither work nor have visits. */
  readonly off: readonly Column[];
  /** Every visit of the day once, whichever kind of column is shown. */
  readonly visits: readonly Visit[];
  /** The number of visits in no column, because they take no resource of the asked kind. */
  readonly elsewhere: number;
  /** The reason why the last read failed; the shown day is then older. */
  readonly error: Error | null;
  readonly retry: () => void;
}

const noColumns: readonly Column[] = [];
const nothingProvisional: ReadonlyMap<string, string> = new Map();

/** The desk's day with this page's own pending commands over it. Of two marks on one visit the page's later one counts. */
function shownOf(day: DeskDay, pending: readonly PendingCommand[]) {
  const { view, provisional } = overlayUndecided(day.view, pending);
  const marks = day.provisional.map(({ appointmentId, commandId }) => [appointmentId, commandId] as const);
  return { view, provisional: new Map([...marks, ...provisional]) };
}

/** A day as the screen shows it. The neighbouring days are read in advance, so that turning the page does not wait. */
export function useDay(
  siteId: string,
  date: string,
  pending: readonly PendingCommand[],
  shape: { readonly kind: ResourceKind; readonly rowPx: number },
): Day {
  const { kind, rowPx } = shape;
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(dayQuery(siteId, date));
  const timeZone = data?.view.site.timeZone;
  const unscaled = useMemo(() => (timeZone === undefined ? null : dayScaleOf(date, timeZone)), [date, timeZone]);
  const scale = useMemo(() => unscaled && { ...unscaled, rowPx }, [unscaled, rowPx]);
  const overlaid = useMemo(() => (data ? shownOf(data, pending) : null), [data, pending]);
  const [keepUnchanged] = useState(() => ({ people: makeColumnKeeper(), columns: makeColumnKeeper() }));
  const people = useMemo(() => {
    if (!overlaid || !unscaled) return noColumns;
    return keepUnchanged.people(columnsOf(overlaid.view, overlaid.provisional, unscaled, 'provider'));
  }, [keepUnchanged, overlaid, unscaled]);
  const columns = useMemo(() => {
    if (kind === 'provider' || !overlaid || !unscaled) return people;
    return keepUnchanged.columns(columnsOf(overlaid.view, overlaid.provisional, unscaled, kind));
  }, [keepUnchanged, overlaid, unscaled, kind, people]);
  const off = useMemo(() => columns.filter(isOff), [columns]);
  const visits = useMemo(() => people.flatMap((column) => column.visits), [people]);
  const elsewhere = useMemo(
    () => visits.filter(({ appointment }) => heldBy(appointment, kind) === null).length,
    [visits, kind],
  );

  const isRead = data !== undefined;
  useEffect(() => {
    if (!isRead) return;
    for (const days of [1, -1]) void client.prefetchQuery(dayQuery(siteId, addDays(date, days)));
  }, [client, siteId, date, isRead]);

  return {
    view: overlaid?.view ?? null,
    provisional: overlaid?.provisional ?? nothingProvisional,
    asOf: data?.asOf ?? null,
    scale,
    columns,
    off,
    visits,
    elsewhere,
    error,
    retry: () => void refetch(),
  };
}
