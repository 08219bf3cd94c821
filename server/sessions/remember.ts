/** A look-up whose results are trusted for a while. */
export interface Remembered<T> {
  find(key: string): Promise<T | null>;
  /** Whether `find` would answer without a look-up. */
  knows(key: string): boolean;
  forget(key: string): void;
}

const maxRemembered = 10_000;

/** A clock in milliseconds that only goes forward. */
export type Monotonic = () => number;

/**
 * Looks up by `load` and trusts the result for `trustedMs` milliseconds. Callers that ask for one key at the same time wait
 * for one look-up. Neither a failure nor a null is remembered.
 */
export function remember<T>(
  load: (key: string) => Promise<T | null>,
  trustedMs: number,
  now: Monotonic = () => performance.now(),
): Remembered<T> {
  const remembered = new Map<string, { until: number; found: Promise<T | null> }>();

  function forgetOld(): void {
    if (remembered.size < maxRemembered) return;
    for (const [key, { until }] of remembered) if (until <= now()) remembered.delete(key);
    if (remembered.size >= maxRemembered) remembered.clear();
  }

  return {
    async find(key) {
      const known = remembered.get(key);
      if (known && known.until > now()) return known.found;
      forgetOld();
      const entry = { until: now() + trustedMs, found: load(key) };
      remembered.set(key, entry);
      const forget = () => remembered.get(key) === entry && remembered.delete(key);
      try {
        const found = await entry.found;
        if (found === null) forget();
        return found;
      } catch (error) {
        forget();
        throw error;
      }
    },
    knows(key) {
      const known = remembered.get(key);
      return known !== undefined && known.until > now();
    },
    forget: (key) => void remembered.delete(key),
  };
}
