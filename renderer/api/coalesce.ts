export interface Pauses {
  readonly firstMs: number;
  readonly mostMs: number;
}

/**
 * A run at once, and while calls keep coming one more at the end of each pause, of which each is twice as long as the one
 * before: news that comes by the hundred, when a desk is back after hours, is read in handfuls, and a single piece of it
 * without delay.
 */
export function coalesced(run: () => void, { firstMs, mostMs }: Pauses): () => void {
  let isPaused = false;
  let isDue = false;
  let pauseMs = firstMs;
  function begin() {
    isPaused = true;
    isDue = false;
    run();
    setTimeout(() => {
      isPaused = false;
      pauseMs = isDue ? Math.min(2 * pauseMs, mostMs) : firstMs;
      if (isDue) begin();
    }, pauseMs);
  }
  return () => {
    if (isPaused) isDue = true;
    else begin();
  };
}
