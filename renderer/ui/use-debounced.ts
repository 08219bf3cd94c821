import { useEffect, useState } from 'react';

const debounceMilliseconds = 150;

/** The value once it has not changed for 150 ms, so that the server is not asked at every letter. */
export function useDebounced(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), debounceMilliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
