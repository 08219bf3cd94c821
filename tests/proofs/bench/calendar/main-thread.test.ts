import { describe, expect, it } from 'vitest';

import { mainThreadOf, type TraceEvent } from './main-thread.ts';

const page = { pid: 7, tid: 7 };
const elsewhere = { pid: 7, tid: 8 };

function mark(name: string, ms: number): TraceEvent {
  return { ...page, name, cat: 'blink.user_timing', ph: 'I', ts: ms * 1000 };
}

/** All times in milliseconds. */
function task(ms: number, length: number, cpu = length, thread = page): TraceEvent {
  const [ts, dur, tdur] = [ms * 1000, length * 1000, cpu * 1000];
  return { ...thread, name: 'ThreadControllerImpl::RunTask', cat: 'toplevel', ph: 'X', ts, dur, tdur };
}

function frame(ms: number): TraceEvent {
  return { ...page, name: 'BeginMainThreadFrame', ph: 'I', ts: ms * 1000 };
}

const ofClock = (work: readonly { readonly milliseconds: number }[]) => work.map(({ milliseconds }) => milliseconds);

describe('the main thread between two marks', () => {
  it('counts the tasks of the thread that made the marks, and no others', () => {
    const events = [mark('a', 0), task(1, 2), task(1, 50, 50, elsewhere), task(5, 3), mark('b', 10), task(11, 4)];
    expect(mainThreadOf(events).between('a', 'b')).toEqual([{ milliseconds: 5, cpuMilliseconds: 5 }]);
  });

  it('counts the part after the mark of a task that begins before it', () => {
    const events = [task(0, 10, 5), mark('a', 6), mark('b', 20)];
    expect(mainThreadOf(events).between('a', 'b')).toEqual([{ milliseconds: 4, cpuMilliseconds: 2 }]);
  });

  it('gives a figure for each stretch of the same name', () => {
    const events = [mark('a', 0), task(1, 2), mark('b', 5), mark('a', 10), task(11, 3), mark('b', 20)];
    expect(ofClock(mainThreadOf(events).between('a', 'b'))).toEqual([2, 3]);
  });

  it('counts for a frame everything from the task that begins it to the task that begins the next', () => {
    const events = [
      mark('a', 0),
      task(1, 1),
      task(10, 4),
      frame(11),
      task(15, 2),
      task(26, 3),
      frame(27),
      mark('b', 40),
    ];
    expect(ofClock(mainThreadOf(events).framesBetween('a', 'b'))).toEqual([6, 3]);
  });

  it('gives the longest single task', () => {
    const events = [mark('a', 0), task(1, 2), task(5, 7, 4), task(13, 5), mark('b', 20), task(21, 30)];
    expect(mainThreadOf(events).longestBetween('a', 'b')).toEqual({
      milliseconds: 7,
      cpuMilliseconds: 4,
      maxCpuMilliseconds: 5,
    });
  });

  it('refuses marks that do not pair', () => {
    expect(() => mainThreadOf([mark('a', 0), task(1, 1)]).between('a', 'b')).toThrow('1 times "a" and 0 times "b"');
  });
});
