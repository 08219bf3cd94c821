import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';

import type { DayView } from '../../core/contract/calendar.ts';
import { addDays } from '../../core/domain/time/zoned.ts';
import { dayQuery } from '../api/queries.ts';
import { overlayPending, type PendingCommand } from '../bookings/overlay.ts';
import { columnsOf, isOff, makeColumnKeeper, type Column } from './columns.ts';
import { dayScaleOf, type DayScale } from './day-scale.ts';

export interface Day {
  /** With the pending commands laid over it; null until it was first read. */
  readonly view: DayView | null;
  readonly scale: DayScale | null;
  /** By provider. */
  readonly columns: readonly Column[];
  /** Those who neither work nor have visits. */
  readonly off: readonly Column[];
  /** Why the last reading failed; what is shown is then older. */
  readonly error: Error | null;
  readonly retry: () => void;
}

const noColumns: readonly Column[] = [];

/** A day as the screen shows it, and its neighbours on their way, so that turning the page does not wait. */
export function useDay(siteId: string, date: string, pending: readonly PendingCommand[]): Day {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(dayQuery(siteId, date));
  const timeZone = data?.site.timeZone;
  const scale = useMemo(() => (timeZone === undefined ? null : dayScaleOf(date, timeZone)), [date, timeZone]);
  const overlaid = useMemo(() => (data ? overlayPending(data, pending) : null), [data, pending]);
  const [keepUnchanged] = useState(makeColumnKeeper);
  const columns = useMemo(() => {
    if (!overlaid || !scale) return noColumns;
    return keepUnchanged(columnsOf(overlaid.view, overlaid.provisional, scale, 'provider'));
  }, [keepUnchanged, overlaid, scale]);
  const off = useMemo(() => columns.filter(isOff), [columns]);

  const isRead = data !== undefined;
  useEffect(() => {
    if (!isRead) return;
    for (const days of [1, -1]) void client.prefetchQuery(dayQuery(siteId, addDays(date, days)));
  }, [client, siteId, date, isRead]);

  return {
    view: overlaid?.view ?? null,
    scale,
    columns,
    off,
    error,
    retry: () => void refetch(),
  };
}
