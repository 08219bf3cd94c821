/**
 * One Ctrl-C arrives three times: from the terminal, from npm and from bootstrap.mjs. Signals within this time count as one.
 * On a busy machine the copy from bootstrap.mjs comes late, and must not count as a second key press.
 */
const oneKeyPressMs = 2000;

/**
 * Aborts at the first SIGINT, SIGTERM or SIGHUP, or when bootstrap.mjs is gone. A second Ctrl-C ends the process at once, and
 * the next start recovers. Call `stopSignal` once, before anything is started.
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
  // The listener on the channel must not keep a finished process alive.
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
