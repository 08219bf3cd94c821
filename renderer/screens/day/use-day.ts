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
  /** With the pending commands laid over it; null until it was first read. */
  readonly view: DayView | null;
  /** The visits that the server has not decided as they are shown, each with the last command on it. */
  readonly provisional: ReadonlyMap<string, string>;
  /** Since when the desk may have missed something; null: it is current. */
  readonly asOf: string | null;
  readonly scale: DayScale | null;
  /** By the kind that was asked. */
  readonly columns: readonly Column[];
  /** Those who neither work nor have visits. */
  readonly off: readonly Column[];
  /** Every visit of the day once, whatever the columns stand for. */
  readonly visits: readonly Visit[];
  /** How many visits are in no column, because they take no resource of the kind. */
  readonly elsewhere: number;
  /** Why the last reading failed; what is shown is then older. */
  readonly error: Error | null;
  readonly retry: () => void;
}

const noColumns: readonly Column[] = [];
const nothingProvisional: ReadonlyMap<string, string> = new Map();

/** The desk's picture with what this page itself has just sent: the desk's marks, and the later ones over them. */
function shownOf(day: DeskDay, pending: readonly PendingCommand[]) {
  const { view, provisional } = overlayUndecided(day.view, pending);
  const marks = day.provisional.map(({ appointmentId, commandId }) => [appointmentId, commandId] as const);
  return { view, provisional: new Map([...marks, ...provisional]) };
}

/** A day as the screen shows it, and its neighbours on their way, so that turning the page does not wait. */
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
