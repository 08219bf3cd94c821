export interface Pauses {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** Holds runs back while `isHeld` returns true, but for at most `maxMs`. */
export interface Hold {
  readonly isHeld: () => boolean;
  readonly maxMs: number;
}

const never: Hold = { isHeld: () => false, maxMs: 0 };

/**
 * Runs at once, and then once at the end of each pause while calls keep coming. Each pause is twice as long as the one
 * before, up to `maxMs`. So a single event runs without delay, and hundreds of events run in batches. A held run runs with
 * the first pause that ends after the hold. A run that returns `unfinished` runs again after `firstMs`.
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
