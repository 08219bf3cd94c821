import { useEffect, useState } from 'react';

import type { Column } from '../visits/columns.ts';

/** Columns. A gesture changes no more, and is on the screen with the next frame. */
const maxColumnsOfGesture = 2;
/** What is drawn has to be painted too, by the cores that decide the rest: so much is left to them. */
const pauseMs = 50;

/** What is to be drawn next, of what is drawn, what is newest, and what was newest before: the newest itself at the end. */
type NextOf<Item> = (drawn: readonly Item[], newest: readonly Item[], before: readonly Item[]) => readonly Item[];

/**
 * What is to be drawn of a list that changed in many places at once, as after hours offline: a handful of the changes, as
 * `nextOf` chooses it, and another with each pause, so that the screen goes on answering meanwhile. `newest` is the same
 * list for as long as nothing changes.
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
 * The columns after this frame: of many that changed those of a gesture, which came by themselves, else one. Other columns
 * than before (another filter) are there at once.
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
