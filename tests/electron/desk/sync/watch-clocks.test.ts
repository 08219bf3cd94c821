import { expect, onTestFinished, test, vi } from 'vitest';

import { defaultTimers } from '../../../../electron/desk/environment/timers.ts';
import { openSignals } from '../../../../electron/desk/events/signals.ts';
import { watchClocks } from '../../../../electron/desk/sync/watch-clocks.ts';

/** A PC whose two clocks a test sets; its timer fires as often as `tick` says. */
function aPc() {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let monotonic = 1_000;
  let wall = Date.parse('2026-11-23T07:00:00Z');
  const heard: string[] = [];
  const signals = openSignals();
  signals.on('woke', () => heard.push('woke'));
  signals.on('tick', () => heard.push('tick'));
  const clock = { instant: () => new Date(wall).toISOString(), monotonicMs: () => monotonic };
  const watch = watchClocks({ clock, signals, timers: defaultTimers });
  onTestFinished(() => {
    watch.close();
    vi.useRealTimers();
  });
  return {
    heard,
    tick(passed: { readonly monotonic: number; readonly wall: number }) {
      monotonic += passed.monotonic;
      wall += passed.wall;
      vi.advanceTimersByTime(5_000);
    },
  };
}

test('a PC that is awake ticks, also when its clock is set back', () => {
  const pc = aPc();
  pc.tick({ monotonic: 5_000, wall: 5_000 });
  pc.tick({ monotonic: 6_000, wall: -3_600_000 });
  expect(pc.heard).toEqual(['tick', 'tick']);
});

test.each([
  ['the monotonic clock went on', { monotonic: 3_600_000, wall: 3_600_000 }],
  ['the monotonic clock stood still', { monotonic: 5_000, wall: 3_600_000 }],
])('a sleep is noticed where %s', (_case, passed) => {
  const pc = aPc();
  pc.tick({ monotonic: 5_000, wall: 5_000 });
  pc.tick(passed);
  expect(pc.heard).toEqual(['tick', 'woke', 'tick']);
});
