/** Longer than a request may take; a person who closes the window must not see it hang. */
const patienceMs = 8_000;

/**
 * Runs each closer after the one before it, and comes back when all are done or the time is up: what is undecided then is
 * in the outbox on the disk, and is sent at the next start. One that fails does not keep the others.
 */
export async function closeInTime(
  closers: readonly (() => Promise<void>)[],
  log: (line: string) => void,
  limitMs: number = patienceMs,
): Promise<void> {
  const inOrder = async () => {
    for (const close of closers) {
      try {
        await close();
      } catch (error) {
        log(`closing failed: ${error instanceof Error ? error.name : 'not an error'}`);
      }
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log('closing took too long: the rest is left to the next start');
      resolve();
    }, limitMs);
  });
  await Promise.race([inOrder(), late]);
  clearTimeout(timer);
}
