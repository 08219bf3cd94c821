import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { DeskEvent } from '../../../core/contract/desk/calls.ts';
import type { DeskStatus } from '../../../core/contract/desk/status.ts';
import { listenToDesk } from '../../../renderer/api/live-events.ts';
import { dayQuery, queryClient } from '../../../renderer/api/queries.ts';
import { currentStatus } from '../../../renderer/api/status.ts';

const day = dayQuery('0198b000-0000-7000-8000-000000000001', '2026-11-23').queryKey;
const isMarked = () => queryClient.getQueryState(day)?.isInvalidated;

let tell: (event: DeskEvent) => void;
let taken: string[];

beforeEach(() => {
  vi.useFakeTimers();
  const desk = {
    call: () => Promise.reject(new Error('nobody asks')),
    listen: (listener: (event: DeskEvent) => void) => void (tell = listener),
  };
  vi.stubGlobal('window', { desk });
  queryClient.setQueryData(day, {} as never);
  taken = [];
  listenToDesk((events) => taken.push(...events.map(({ commandId }) => commandId)));
});

afterEach(() => {
  queryClient.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const status = (changed: Partial<DeskStatus>): DeskEvent => ({
  type: 'status',
  status: { ...currentStatus(), connection: 'online', ...changed },
});

const decided = (commandId: string): DeskEvent => ({
  type: 'decided',
  commandId,
  commandType: 'check-in',
  decision: { kind: 'done', outcome: { commandId, appointment: null } },
});

test('the page takes a single decision in at once, also while a few commands wait', () => {
  tell(status({ waiting: 5 }));
  tell(decided('one'));
  expect(taken).toEqual(['one']);
});

test('while hundreds of commands are sent after hours offline, the day stays unchanged and the pill counts', () => {
  tell(status({ waiting: 400 }));
  tell(decided('first'));
  tell({ type: 'everything-changed' });
  vi.advanceTimersByTime(2_000);
  tell(status({ waiting: 200 }));
  tell(decided('second'));
  vi.advanceTimersByTime(2_000);
  expect(currentStatus().waiting).toBe(200);
  expect(taken).toEqual([]);
  expect(isMarked()).toBe(false);

  tell(status({ waiting: 0 }));
  vi.advanceTimersByTime(100);
  expect(taken).toEqual(['first', 'second']);
  expect(isMarked()).toBe(true);
});

test('held-back events are taken in step by step, and the day is read anew after the last one', () => {
  const ids = Array.from({ length: 400 }, (_, n) => `${n}`);
  tell(status({ waiting: 400 }));
  for (const id of ids) tell(decided(id));
  tell({ type: 'everything-changed' });
  tell(status({ waiting: 0 }));
  vi.advanceTimersByTime(100);
  expect(taken).toEqual(ids.slice(0, 50));
  expect(isMarked()).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(taken).toEqual(ids);
  expect(isMarked()).toBe(true);
});

test('while a long sending lasts, its progress is shown every ten seconds', () => {
  tell(status({ waiting: 400 }));
  tell(decided('first'));
  vi.advanceTimersByTime(9_900);
  expect(taken).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(taken).toEqual(['first']);
});

test('commands that wait offline hold nothing up', () => {
  tell(status({ connection: 'offline', waiting: 400 }));
  tell({ type: 'everything-changed' });
  expect(isMarked()).toBe(true);
});
