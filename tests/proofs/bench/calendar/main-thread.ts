/** What a trace of Chromium says about one page's main thread. Times in milliseconds. */
export interface MainThread {
  /** Everything that ran between two marks: the time by the clock, and the part in which the thread had a core. */
  readonly between: (from: string, until: string) => Work[];
  /** The same, frame by frame: from the task that begins one to the task that begins the next. */
  readonly framesBetween: (from: string, until: string) => Work[];
  /** The longest single task between the first two of these marks by the clock, and the longest one on a core. */
  readonly longestBetween: (from: string, until: string) => Longest;
}

export interface Work {
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
}

export interface Longest extends Work {
  /** The time of the task that had a core for longest, which may be another task. */
  readonly maxCpuMilliseconds: number;
}

export interface TraceEvent {
  readonly name: string;
  readonly cat?: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, as are `dur` and `tdur`. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

/** The trace categories that `mainThreadOf` needs. */
export const traceCategories = ['toplevel', 'blink.user_timing', 'disabled-by-default-devtools.timeline.frame'];

const taskName = 'ThreadControllerImpl::RunTask';
const microseconds = 1000;

/**
 * Reads the main thread that made the page's marks. The k-th stretch begins at the k-th mark of that name.
 * @throws when the trace lacks one of the two marks
 */
export function mainThreadOf(events: readonly TraceEvent[]): MainThread {
  const marks = events.filter(({ cat }) => cat?.includes('blink.user_timing')).toSorted((a, b) => a.ts - b.ts);
  const [first] = marks;
  if (!first) throw new Error('the trace has no marks');
  const own = events.filter(({ pid, tid }) => pid === first.pid && tid === first.tid);
  const tasks = own.filter(({ name, ph }) => name === taskName && ph === 'X').toSorted((a, b) => a.ts - b.ts);
  const frameStarts = own
    .filter(({ name }) => name === 'BeginMainThreadFrame')
    .map(({ ts }) => tasks.findLast((task) => task.ts <= ts)?.ts ?? ts)
    .toSorted((a, b) => a - b);

  function stretches(from: string, until: string): [number, number][] {
    const begins = marks.filter(({ name }) => name === from);
    const ends = marks.filter(({ name }) => name === until);
    if (begins.length === 0 || begins.length !== ends.length) {
      throw new Error(`the trace has ${begins.length} times "${from}" and ${ends.length} times "${until}"`);
    }
    return begins.map(({ ts }, n) => [ts, ends[n]?.ts ?? ts]);
  }

  return {
    between: (from, until) => stretches(from, until).map(([start, end]) => workWithin(tasks, start, end)),
    framesBetween: (from, until) =>
      stretches(from, until).flatMap(([start, end]) => {
        const starts = frameStarts.filter((at) => at >= start && at < end);
        return starts.map((at, n) => workWithin(tasks, at, starts[n + 1] ?? end));
      }),
    longestBetween(from, until) {
      const [start = 0, end = 0] = stretches(from, until)[0] ?? [];
      const within = tasks.filter(({ ts, dur = 0 }) => ts + dur > start && ts < end);
      const { dur = 0, tdur = 0 } = within.toSorted((a, b) => (b.dur ?? 0) - (a.dur ?? 0))[0] ?? {};
      const maxOnCore = Math.max(0, ...within.map((task) => task.tdur ?? 0));
      return {
        milliseconds: dur / microseconds,
        cpuMilliseconds: tdur / microseconds,
        maxCpuMilliseconds: maxOnCore / microseconds,
      };
    },
  };
}

/** A task across a border counts with its part inside, and with the same share of its time on a core. */
function workWithin(tasks: readonly TraceEvent[], start: number, end: number): Work {
  let milliseconds = 0;
  let cpuMilliseconds = 0;
  for (const { ts, dur = 0, tdur = 0 } of tasks) {
    const within = Math.min(ts + dur, end) - Math.max(ts, start);
    if (within <= 0) continue;
    milliseconds += within / microseconds;
    cpuMilliseconds += (tdur * (within / dur)) / microseconds;
  }
  return { milliseconds, cpuMilliseconds };
}
