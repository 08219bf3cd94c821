import type { ServerClock } from '../../server/jobs/clock.ts';

export interface ManualClock extends ServerClock {
  /**
   * Lets time pass, does what became due, and waits until everything that was due has set its next timer: a server's jobs
   * do that when a look at them has ended.
   */
  advance(milliseconds: number): Promise<void>;
}

/** A clock that stands still until a test lets time pass. */
export function makeManualClock(startsAt: string): ManualClock {
  let at = Date.parse(startsAt);
  let set = 0;
  let onSet = () => {};
  const timers = new Set<{ readonly dueAt: number; readonly act: () => void }>();
  return {
    now: () => new Date(at).toISOString(),
    after(milliseconds, act) {
      const timer = { dueAt: at + milliseconds, act };
      timers.add(timer);
      set++;
      onSet();
      return () => void timers.delete(timer);
    },
    async advance(milliseconds) {
      at += milliseconds;
      const due = [...timers].filter(({ dueAt }) => dueAt <= at);
      const wanted = set + due.length;
      const { promise, resolve } = Promise.withResolvers<void>();
      onSet = () => {
        if (set >= wanted) resolve();
      };
      onSet();
      for (const timer of due) {
        timers.delete(timer);
        timer.act();
      }
      await promise;
    },
  };
}
