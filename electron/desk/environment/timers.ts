import { setImmediate as turn } from 'node:timers/promises';

/** The timers by which the desk waits: Node's, unless a test brings a time of its own. */
export interface DeskTimers {
  /** Calls `act` once, unless the returned function is called before. `idle`: the timer does not keep the process alive. */
  after(milliseconds: number, act: () => void, options?: TimerOptions): () => void;
  /** Calls `act` again and again, until the returned function is called. */
  every(milliseconds: number, act: () => void, options?: TimerOptions): () => void;
  /** Resolves after everything else that is ready has run. */
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

/** Resolves after `milliseconds`, or as soon as `signal` aborts. Never rejects. */
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
