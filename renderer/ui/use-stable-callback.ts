import { useCallback, useLayoutEffect, useRef } from 'react';

/** One function for the component's whole life, which calls the last drawn `act`: memoised children need not draw again. */
export function useStableCallback<Args extends readonly unknown[], Result>(
  act: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
