import { useState, useSyncExternalStore } from 'react';

const key = 'holdfast-people';
/** Below this width calendar and people do not fit side by side: at a large zoom, or in a small window. */
const narrow = '(width < 56rem)';

function watchNarrow(watcher: () => void): () => void {
  const query = matchMedia(narrow);
  query.addEventListener('change', watcher);
  return () => query.removeEventListener('change', watcher);
}

/** Whether the day's people are shown. Kept on this PC. In a narrow window they are shown only on request. */
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
