import { useCallback, useLayoutEffect, useRef } from 'react';

/** One function for the component's whole life that does what the last drawn one does: memoised children stay as they are. */
export function useStable<Args extends readonly unknown[], Result>(
  act: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
