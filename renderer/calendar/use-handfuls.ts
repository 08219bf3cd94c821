import { useEffect, useMemo, useState } from 'react';

import type { Column } from './columns.ts';

/** Columns. A gesture changes two at most, so that it is on the screen with the next frame. */
const ofGesture = 2;
/** What is drawn has to be painted too, by the cores that decide the rest: so much is left to them. */
const pauseMs = 50;

/**
 * What is to be drawn of a list that changed in many places at once, as after hours offline: a handful of the changes, as
 * `nextOf` chooses it out of what is drawn and what is newest, and another with each pause, so that the screen goes on
 * answering meanwhile. `nextOf` returns the newest list itself when nothing of it is left to draw.
 */
export function useHandfuls<Item>(
  newest: readonly Item[],
  nextOf: (drawn: readonly Item[], newest: readonly Item[]) => readonly Item[],
): readonly Item[] {
  const [drawn, setDrawn] = useState(newest);
  // The same until something changes: what draws again for another reason does not put the pause off.
  const next = useMemo(() => nextOf(drawn, newest), [nextOf, drawn, newest]);
  useEffect(() => {
    if (next === drawn) return;
    const timer = setTimeout(() => setDrawn(next), pauseMs);
    return () => clearTimeout(timer);
  }, [next, drawn]);
  return next;
}

/** The columns after this frame, of many one that changed. Other columns than before (another filter) are there at once. */
export function nextColumns(drawn: readonly Column[], newest: readonly Column[]): readonly Column[] {
  const isSameSet =
    drawn.length === newest.length &&
    drawn.every((old, n) => old.resource.resourceId === newest[n]?.resource.resourceId);
  if (!isSameSet) return newest;
  const changed = newest.filter((column, n) => column !== drawn[n]);
  if (changed.length <= ofGesture) return newest;
  const [now] = changed;
  return newest.map((column, n) => (column === now ? column : (drawn[n] ?? column)));
}
