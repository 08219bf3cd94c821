import { useState, useSyncExternalStore } from 'react';

const key = 'holdfast-people';
/** Below this the calendar and its people do not fit side by side: a large zoom, a small window. */
const narrow = '(width < 56rem)';

function watchNarrow(watcher: () => void): () => void {
  const query = matchMedia(narrow);
  query.addEventListener('change', watcher);
  return () => query.removeEventListener('change', watcher);
}

/** Whether the day's people are shown. Kept on this PC; where there is little room they are shown only when asked for. */
export function usePeopleShown(): readonly [boolean, (isShown: boolean) => void] {
  const isNarrow = useSyncExternalStore(watchNarrow, () => matchMedia(narrow).matches);
  const [isKept, setKept] = useState(() => localStorage.getItem(key) !== 'hidden');
  const [isAsked, setAsked] = useState(false);
  if (isNarrow) return [isAsked, setAsked];
  return [
    isKept,
    (isShown) => {
      localStorage.setItem(key, isShown ? 'shown' : 'hidden');
      setKept(isShown);
    },
  ];
}
