import { useEffect, useState } from 'react';

const debounceMilliseconds = 150;

/** The value as it was when it had not changed for 150 ms: what is worth asking the server about. */
export function useDebounced(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), debounceMilliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
