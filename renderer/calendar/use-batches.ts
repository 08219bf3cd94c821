import { useEffect, useState } from 'react';

import type { Column } from '../visits/columns.ts';

/** A gesture changes at most this many columns. They are on the screen with the next frame. */
const maxColumnsOfGesture = 2;
/** The pause between batches leaves the cores to the painting, and to the desk that decides the remaining commands. */
const pauseMs = 50;

/** The next list to draw, from the drawn, the newest and the formerly newest list. Repeated calls end at the newest list. */
type NextOf<Item> = (drawn: readonly Item[], newest: readonly Item[], before: readonly Item[]) => readonly Item[];

/**
 * Draws a list that changed in many places at once, as after hours offline, in batches: each 50 ms one batch, chosen by
 * `nextOf`, so that the screen keeps answering. `newest` must be the same array while nothing changes.
 */
export function useBatches<Item>(newest: readonly Item[], nextOf: NextOf<Item>): readonly Item[] {
  const [last, setLast] = useState({ drawn: newest, newest });
  const isNew = last.newest !== newest;
  const drawn = isNew ? nextOf(last.drawn, newest, last.newest) : last.drawn;
  if (isNew) setLast({ drawn, newest });
  useEffect(() => {
    if (drawn === newest) return;
    const timer = setTimeout(() => setLast({ drawn: nextOf(drawn, newest, newest), newest }), pauseMs);
    return () => clearTimeout(timer);
  }, [drawn, newest, nextOf]);
  return drawn;
}

/**
 * The columns after this frame. Of many changed columns the next batch is those of a gesture, which changed alone, else one
 * column. Another set of columns (another filter) is drawn at once.
 */
export function nextColumns(
  drawn: readonly Column[],
  newest: readonly Column[],
  before: readonly Column[],
): readonly Column[] {
  const isSameSet =
    drawn.length === newest.length &&
    drawn.every((old, n) => old.resource.resourceId === newest[n]?.resource.resourceId);
  if (!isSameSet) return newest;
  const changed = newest.filter((column, n) => column !== drawn[n]);
  if (changed.length <= maxColumnsOfGesture) return newest;
  const fresh = newest.filter((column, n) => column !== before[n]);
  const isOfGesture = fresh.length > 0 && fresh.length <= maxColumnsOfGesture;
  const now = new Set(isOfGesture ? fresh : changed.slice(0, 1));
  return newest.map((column, n) => (now.has(column) ? column : (drawn[n] ?? column)));
}
