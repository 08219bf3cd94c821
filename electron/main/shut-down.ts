/** How long closing may take: a person who closes the window must not see it hang. */
const patienceMs = 8_000;

/**
 * Runs the closers one after the other. Resolves when all are done or the time (in milliseconds) is up: an undecided command is
 * in the outbox on the disk, and the next start sends it. A closer that fails is logged and does not keep the others.
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
