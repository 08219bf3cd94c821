import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { coalesced } from '../../../renderer/api/coalesce.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('runs at once, and once more for all calls during the pause', () => {
  let runs = 0;
  const run = coalesced(() => void runs++, { firstMs: 100, maxMs: 300 });
  run();
  expect(runs).toBe(1);
  run();
  run();
  expect(runs).toBe(1);
  vi.advanceTimersByTime(100);
  expect(runs).toBe(2);
  vi.advanceTimersByTime(200);
  expect(runs).toBe(2);
  run();
  expect(runs).toBe(3);
});

test('lengthens the pauses up to a limit while calls keep coming, and shortens them after a silence', () => {
  const ranAt: number[] = [];
  const began = Date.now();
  const run = coalesced(() => void ranAt.push(Date.now() - began), { firstMs: 100, maxMs: 300 });
  for (let at = 0; at <= 1_200; at += 10) {
    run();
    vi.advanceTimersByTime(10);
  }
  expect(ranAt.slice(0, 6)).toEqual([0, 100, 300, 600, 900, 1_200]);
  vi.advanceTimersByTime(1_000);
  ranAt.length = 0;
  run();
  run();
  vi.advanceTimersByTime(100);
  expect(ranAt).toHaveLength(2);
});

test('a held run waits for the first pause after the hold, and not beyond its limit', () => {
  let isHeld = true;
  let runs = 0;
  const run = coalesced(() => void runs++, { firstMs: 100, maxMs: 300 }, { isHeld: () => isHeld, maxMs: 1_000 });
  run();
  vi.advanceTimersByTime(500);
  expect(runs).toBe(0);
  isHeld = false;
  vi.advanceTimersByTime(100);
  expect(runs).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(runs).toBe(1);

  isHeld = true;
  run();
  vi.advanceTimersByTime(999);
  expect(runs).toBe(1);
  vi.advanceTimersByTime(1);
  expect(runs).toBe(2);
});

test('an unfinished run goes on after the short pause each time', () => {
  let left = 8;
  const run = coalesced(() => (--left > 0 ? 'unfinished' : undefined), { firstMs: 100, maxMs: 2_000 });
  run();
  vi.advanceTimersByTime(699);
  expect(left).toBe(1);
  vi.advanceTimersByTime(1);
  expect(left).toBe(0);
  vi.advanceTimersByTime(5_000);
  expect(left).toBe(0);
});
