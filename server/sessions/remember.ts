/** A look-up whose findings are trusted for a while. */
export interface Remembered<T> {
  find(key: string): Promise<T | null>;
  /** Whether `find` would answer without looking it up. */
  knows(key: string): boolean;
  forget(key: string): void;
}

const mostRemembered = 10_000;

/** Milliseconds that only go forward. */
export type Monotonic = () => number;

/**
 * Looks up by `load` and trusts what was found for `trustedMs`. Those who ask for the same at once wait for one look-up.
 * Neither a failure nor a null is remembered.
 */
export function remember<T>(
  load: (key: string) => Promise<T | null>,
  trustedMs: number,
  now: Monotonic = () => performance.now(),
): Remembered<T> {
  const remembered = new Map<string, { until: number; found: Promise<T | null> }>();

  function forgetOld(): void {
    if (remembered.size < mostRemembered) return;
    for (const [key, { until }] of remembered) if (until <= now()) remembered.delete(key);
    if (remembered.size >= mostRemembered) remembered.clear();
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
