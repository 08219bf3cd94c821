export interface Pauses {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** When a run had better come later, and after how long it comes all the same. */
export interface Hold {
  readonly isHeld: () => boolean;
  readonly maxMs: number;
}

const never: Hold = { isHeld: () => false, maxMs: 0 };

/**
 * A run at once, and while calls keep coming one more at the end of each pause, of which each is twice as long as the one
 * before: news that comes by the hundred is read in handfuls, and a single piece of it without delay. What is held runs
 * with the first pause that ends after the hold. A run that says `unfinished` goes on after a short pause.
 */
export function coalesced(run: () => 'unfinished' | void, { firstMs, maxMs }: Pauses, hold: Hold = never): () => void {
  let isPaused = false;
  let isDue = false;
  let pauseMs = firstMs;
  let heldMs = 0;
  function begin() {
    isPaused = true;
    const isHeld = heldMs < hold.maxMs && hold.isHeld();
    heldMs = isHeld ? heldMs + firstMs : 0;
    isDue = false;
    const goesOn = isHeld || run() === 'unfinished';
    setTimeout(
      () => {
        isPaused = false;
        pauseMs = isDue && !goesOn ? Math.min(2 * pauseMs, maxMs) : firstMs;
        if (isDue || goesOn) begin();
      },
      goesOn ? firstMs : pauseMs,
    );
  }
  return () => {
    if (isPaused) isDue = true;
    else begin();
  };
}
