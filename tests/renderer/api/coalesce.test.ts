import { expect, test, vi } from 'vitest';

import { coalesced } from '../../../renderer/api/coalesce.ts';

test('runs at once, and once more for all that came in the pause', () => {
  vi.useFakeTimers();
  try {
    let runs = 0;
    const run = coalesced(() => runs++, 100);
    run();
    expect(runs).toBe(1);
    run();
    run();
    expect(runs).toBe(1);
    vi.advanceTimersByTime(100);
    expect(runs).toBe(2);
    vi.advanceTimersByTime(100);
    expect(runs).toBe(2);
    run();
    expect(runs).toBe(3);
  } finally {
    vi.useRealTimers();
  }
});
