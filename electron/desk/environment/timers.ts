import { setImmediate as turn } from 'node:timers/promises';

/** By what the desk waits: Node's timers, unless a test has a time of its own. */
export interface DeskTimers {
  /** Calls `act` once, unless the returned function is called before. `idle`: the process need not live for it. */
  after(milliseconds: number, act: () => void, options?: TimerOptions): () => void;
  /** Calls `act` again and again, until the returned function is called. */
  every(milliseconds: number, act: () => void, options?: TimerOptions): () => void;
  /** Lets whatever else is ready go first. */
  nextTurn(): Promise<void>;
}

interface TimerOptions {
  readonly idle?: boolean;
}

export const defaultTimers: DeskTimers = {
  after(milliseconds, act, { idle = false } = {}) {
    const timer = setTimeout(act, milliseconds);
    if (idle) timer.unref();
    return () => clearTimeout(timer);
  },
  every(milliseconds, act, { idle = false } = {}) {
    const timer = setInterval(act, milliseconds);
    if (idle) timer.unref();
    return () => clearInterval(timer);
  },
  nextTurn: () => turn(),
};

/** Resolves after so many milliseconds, or as soon as the signal says so. */
export function sleep(timers: DeskTimers, milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) return Promise.resolve();
  const wake = () => {
    signal.removeEventListener('abort', wake);
    cancel();
    resolve();
  };
  const cancel = timers.after(milliseconds, wake);
  signal.addEventListener('abort', wake, { once: true });
  return promise;
}
