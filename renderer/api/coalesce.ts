/**
 * A run at once, and while calls keep coming one more at the end of each pause: news that comes by the hundred, when a desk
 * is back after hours, is read in handfuls, and a single piece of it without delay.
 */
export function coalesced(run: () => void, pauseMilliseconds: number): () => void {
  let isPaused = false;
  let isDue = false;
  function begin() {
    isPaused = true;
    isDue = false;
    run();
    setTimeout(() => {
      isPaused = false;
      if (isDue) begin();
    }, pauseMilliseconds);
  }
  return () => {
    if (isPaused) isDue = true;
    else begin();
  };
}
