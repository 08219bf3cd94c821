import type { Monotonic, Remembered } from './remember.ts';

export interface TogetherOptions {
  /** How long a result is trusted, in milliseconds. */
  readonly trustedMs: number;
  /** Keys asked for within this time, in milliseconds, are refreshed in the same batch. */
  readonly latelyMs: number;
  readonly now?: Monotonic | undefined;
}

interface Entry<T> {
  readonly until: number;
  readonly found: Promise<T | null>;
  askedAt: number;
}

const maxAtOnce = 1_000;

/**
 * Like `remember`, for many keys that are asked for at the same moments. Where one key is no longer trusted, the same query
 * refreshes all keys that were asked for lately and are no longer trusted, so that the next callers wait for that query.
 * Neither a failure nor a missing key is remembered.
 */
export function rememberTogether<T>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  { trustedMs, latelyMs, now = () => performance.now() }: TogetherOptions,
): Remembered<T> {
  const remembered = new Map<string, Entry<T>>();

  function lookUp(key: string, at: number): Promise<T | null> {
    const together = [key];
    for (const [other, { until, askedAt }] of remembered) {
      if (askedAt + latelyMs < at) remembered.delete(other);
      else if (until <= at && other !== key && together.length < maxAtOnce) together.push(other);
    }
    const loaded = load(together);
    for (const each of together) {
      const entry: Entry<T> = {
        until: at + trustedMs,
        found: loaded.then((all) => all.get(each) ?? null),
        askedAt: each === key ? at : (remembered.get(each)?.askedAt ?? at),
      };
      remembered.set(each, entry);
      const forget = () => remembered.get(each) === entry && remembered.delete(each);
      entry.found.then((found) => found ?? forget(), forget);
    }
    return remembered.get(key)?.found ?? loaded.then(() => null);
  }

  return {
    find(key) {
      const at = now();
      const known = remembered.get(key);
      if (!known || known.until <= at) return lookUp(key, at);
      known.askedAt = at;
      return known.found;
    },
    knows(key) {
      const known = remembered.get(key);
      return known !== undefined && known.until > now();
    },
    forget: (key) => void remembered.delete(key),
  };
}
