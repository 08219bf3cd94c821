import type { Browser } from '@playwright/test';

import { median, quantile } from '../statistics.ts';
import type { Work } from './main-thread.ts';
import { measureCalendar, type CalendarRun } from './measure-calendar.ts';
import { calendars, type CalendarName } from './with-pages.ts';

/** The figures of all calendars at one speed of the processor. */
export interface Comparison {
  readonly throttling: number;
  readonly runs: Readonly<Record<CalendarName, readonly CalendarRun[]>>;
}

/** Milliseconds. `cpu` is the time that the main thread had a core, without what other programs took. */
export interface Figures {
  readonly mount: number;
  readonly mountCpu: number;
  readonly change: number;
  readonly changeP95: number;
  readonly changeCpu: number;
  readonly dragP50: number;
  readonly dragP95: number;
  readonly dragWorst: number;
  readonly dragP95Cpu: number;
}

/** Measures round after round, in a rotating order. The first round of each calendar is a warm-up and not counted. */
export async function compareCalendars(
  browser: Browser,
  urlOf: (name: CalendarName) => string,
  { throttling, rounds, visits }: { readonly throttling: number; readonly rounds: number; readonly visits: number },
): Promise<Comparison> {
  const runs: Record<CalendarName, CalendarRun[]> = { holdfast: [], 'event-calendar': [], 'big-calendar': [] };
  for (let round = 0; round <= rounds; round++) {
    const first = round % calendars.length;
    for (const name of [...calendars.slice(first), ...calendars.slice(0, first)]) {
      const run = await measureCalendar(browser, urlOf(name), { throttling, visits });
      if (round > 0) runs[name].push(run);
    }
    process.stderr.write(`  ${throttling} × slower: ${round} of ${rounds} rounds\n`);
  }
  return { throttling, runs };
}

export function figuresOf(runs: readonly CalendarRun[]): Figures {
  const changeMs = runs.flatMap((run) => run.changeMs);
  const frames = runs.flatMap(({ dragFrames }) => dragFrames);
  const byClock = frames.map(({ milliseconds }) => milliseconds);
  const cpu = (work: readonly Work[]) => work.map(({ cpuMilliseconds }) => cpuMilliseconds);
  return {
    mount: median(runs.map(({ mountMs }) => mountMs)),
    mountCpu: median(cpu(runs.map(({ mount }) => mount))),
    change: median(changeMs),
    changeP95: quantile(changeMs, 0.95),
    changeCpu: median(cpu(runs.flatMap(({ changes }) => changes))),
    dragP50: quantile(byClock, 0.5),
    dragP95: quantile(byClock, 0.95),
    dragWorst: quantile(byClock, 1),
    dragP95Cpu: quantile(cpu(frames), 0.95),
  };
}

/** Every measurement, as plain lists. */
export function rawFiguresOf({ throttling, runs }: Comparison) {
  const lists = (work: readonly Work[]) => ({
    ms: work.map(({ milliseconds }) => milliseconds),
    cpuMs: work.map(({ cpuMilliseconds }) => cpuMilliseconds),
  });
  const rounds = (list: readonly CalendarRun[]) =>
    list.map(({ mountMs, mount, changeMs, changes, dragFrames }) => ({
      mountMs,
      mountTasks: lists([mount]),
      changeMs,
      changeTasks: lists(changes),
      dragFrames: lists(dragFrames),
    }));
  return { throttling, rounds: Object.fromEntries(calendars.map((name) => [name, rounds(runs[name])])) };
}
