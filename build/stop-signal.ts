/**
 * Ctrl-C reaches us from the terminal, from npm and from bootstrap.mjs alike: within this time they are one. On a busy
 * machine the copy that bootstrap.mjs passes on may come late, and must not be taken for a second key press.
 */
const oneKeyPressMs = 2000;

/**
 * Aborts at the first SIGINT, SIGTERM or SIGHUP, or when bootstrap.mjs is gone; a second Ctrl-C ends the process at once
 * (the next start then recovers). Call it once, before anything is started.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const stop = () => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      process.stderr.write('\nStopping … (Ctrl-C again to force)\n');
      controller.abort();
    } else if (performance.now() - firstAt > oneKeyPressMs) {
      process.exit(130);
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  process.once('disconnect', () => {
    if (firstAt === undefined) stop();
  });
  // Listening must not keep a finished process alive.
  process.channel?.unref();
  return controller.signal;
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
