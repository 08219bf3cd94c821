import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { DeskCall } from '../../../core/contract/desk/calls.ts';
import { daysKey, queryClient } from '../../../renderer/api/queries.ts';
import { readFirstDay } from '../../../renderer/shell/read-first-day.ts';
import { aDayView, aPerson } from '../../electron/builders.ts';

let answersAfterMs: number;
let isDone: boolean;

const answers: Partial<Record<DeskCall, unknown>> = {
  describe: { deskId: 'desk', person: aPerson(), setUp: true, isPaired: true },
  readDay: { view: aDayView(), provisional: [], asOf: null },
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('location', { hash: '' });
  // A fake clock: the test is about a late answer of the desk, and need not wait for it.
  const call = (name: DeskCall) =>
    new Promise((resolve) => setTimeout(resolve, answersAfterMs, { ok: true, value: answers[name] }));
  vi.stubGlobal('window', { desk: { call } });
  isDone = false;
});

afterEach(() => {
  queryClient.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const daysRead = () => queryClient.getQueriesData({ queryKey: daysKey }).filter(([, day]) => day !== undefined);

test('the page waits for its day, and is drawn then', async () => {
  answersAfterMs = 50;
  void readFirstDay().then(() => (isDone = true));
  await vi.advanceTimersByTimeAsync(99);
  expect(isDone).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(isDone).toBe(true);
  expect(daysRead()).toHaveLength(1);
});

test('the page of a slow desk is drawn without a day, and shows the day when it comes', async () => {
  answersAfterMs = 5_000;
  void readFirstDay().then(() => (isDone = true));
  await vi.advanceTimersByTimeAsync(199);
  expect(isDone).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(isDone).toBe(true);
  expect(daysRead()).toEqual([]);
  await vi.advanceTimersByTimeAsync(9_800);
  expect(daysRead()).toHaveLength(1);
});
