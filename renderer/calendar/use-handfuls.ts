import { useEffect, useMemo, useState } from 'react';

import type { Column } from './columns.ts';

/** A gesture changes two columns at most, so that it is on the screen with the next frame, whatever else goes on. */
const atOnce = 2;
/** What is drawn has to be painted too, by the cores that decide the rest: so much is left to them. */
const pauseMs = 50;

/**
 * Columns of which many changed at once, as after hours offline, a few more of them with each pause: the screen goes on
 * answering meanwhile. Other columns than before (another filter) are there at once.
 */
export function useHandfuls(columns: readonly Column[]): readonly Column[] {
  const [drawn, setDrawn] = useState(columns);
  // The same until something changes: what draws the grid again for another reason does not put the pause off.
  const next = useMemo(() => nextHandful(drawn, columns), [drawn, columns]);
  useEffect(() => {
    if (next === drawn) return;
    const timer = setTimeout(() => setDrawn(next), pauseMs);
    return () => clearTimeout(timer);
  }, [next, drawn]);
  return next;
}

/** What is drawn after this frame; the newest columns themselves when nothing of them is left to draw. */
export function nextHandful(drawn: readonly Column[], newest: readonly Column[]): readonly Column[] {
  const isSameSet =
    drawn.length === newest.length &&
    drawn.every((old, n) => old.resource.resourceId === newest[n]?.resource.resourceId);
  if (!isSameSet) return newest;
  const changed = newest.filter((column, n) => column !== drawn[n]);
  if (changed.length <= atOnce) return newest;
  const now = new Set(changed.slice(0, atOnce));
  return newest.map((column, n) => (now.has(column) ? column : (drawn[n] ?? column)));
}
