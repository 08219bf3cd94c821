import type { DeskTimers } from './timers.ts';

/** The promise's value, or null where it takes longer; what comes later is lost to the caller alone. */
export async function within<T>(timers: DeskTimers, milliseconds: number, promise: Promise<T>): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const cancel = timers.after(milliseconds, () => late.resolve(null));
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    cancel();
  }
}
