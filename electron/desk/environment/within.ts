import type { DeskTimers } from './timers.ts';

/**
 * Resolves with the promise's value, or with null after `milliseconds`. The promise itself goes on. Rejects as the promise
 * does.
 */
export async function within<T>(timers: DeskTimers, milliseconds: number, promise: Promise<T>): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const cancel = timers.after(milliseconds, () => late.resolve(null));
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    cancel();
  }
}
