import type { BenchResult } from '../bench.ts';
import { gestureBars, gestureFiguresOf } from '../calendar/gesture-figures.ts';
import type { GestureRuns } from '../calendar/measure-gestures.ts';
import type { Bar, Section } from '../report/report.ts';
import { median, quantile } from '../statistics.ts';
import type { BootstrapRuns } from './measure-bootstrap.ts';
import type { ReconnectRun } from './measure-reconnect.ts';
import { paintedDesks, type SpreadRuns, type StatementCounts } from './measure-spread.ts';
import type { StartRuns, StartTiming } from './measure-start.ts';
import type { SyncBenchOptions } from './sync-options.ts';

/** All measurements; null for a part that was not measured. */
export interface SyncMeasured {
  readonly bootstrap: BootstrapRuns | null;
  readonly start: StartRuns | null;
  readonly spread: SpreadRuns | null;
  /** One for each round; empty when it was not measured. */
  readonly reconnect: readonly ReconnectRun[];
  readonly gestures: GestureRuns | null;
}

/** The bars and sections of one part. */
interface Part {
  readonly bars: readonly Bar[];
  readonly section: Section;
}

const rounded = (value: number, digits = 0) => Number(value.toFixed(digits));
const ms = (value: number) => `${rounded(value, value < 10 ? 1 : 0)} ms`;
const times = (ratio: number) => `${ratio.toFixed(2)} ×`;
const thousands = (count: number) => count.toLocaleString('en');

export function reportSync(
  measured: SyncMeasured,
  options: SyncBenchOptions,
  versions: Readonly<Record<string, string>>,
): BenchResult {
  const { bootstrap, start, spread, reconnect, gestures: runs } = measured;
  const [dayOffline] = reconnect;
  const parts = [
    bootstrap && bootstrapPart(bootstrap),
    spread && spreadPart(spread),
    runs && gesturePart(runs),
    dayOffline ? reconnectPart(dayOffline, reconnect) : null,
    start && startPart(start),
  ].filter((part) => part !== null);
  const bars = parts.flatMap((part) => part.bars);
  return {
    rows: bars.map(({ name, measured: value, met }) => ({ bar: name, measured: value, met: met ? 'met' : 'MISSED' })),
    summary: bars.map(({ name, measured: value }) => `${name}: ${value}`).join('; '),
    bars,
    report: {
      title: 'Sync',
      intro: [
        `A desk’s encrypted store and its line to the server: its first start in a clinic with ${thousands(options.appointments)} visits and`,
        `${thousands(options.patients)} patients in the 16 days that a desk holds; what spreads, and the cold start, in one of 200 visits a day; what`,
        'comes after a long day offline in one of 400 a day. Embedded PostgreSQL with fsync on, the server and each',
        'shell in processes of their own, pages in a headless Chromium of 1920 × 1080, all on the same cores. What is compared was',
        `measured in turn in the same run, ${options.rounds} rounds (or as many as are named) after one to warm up, medians.`,
      ].join(' '),
      sections: parts.map(({ section }) => section),
      notes: [],
      versions,
      figures: measured,
    },
  };
}

function bootstrapPart({ desk, floor, rows, storeBytes }: BootstrapRuns): Part {
  const ratio = median(desk) / median(floor);
  const count = (table: string) => thousands(rows[table] ?? 0);
  const bar = `bootstrap of ${count('appointments')} visits and ${count('patients')} patients at most 2 × the inserts alone`;
  return {
    bars: [{ name: bar, measured: times(ratio), met: ratio <= 2 }],
    section: {
      heading: 'A desk’s first start',
      text:
        'From the sign-in’s answer until the last of 16 days is held, everything read from the server over HTTP; beside it the same ' +
        `rows put into an empty store of the same kind by prepared statements in one transaction, ${desk.length} rounds. ` +
        `The store has ${rounded(storeBytes / 2 ** 20)} MiB.`,
      table: {
        columns: ['', 'median ms', 'of the inserts'],
        rows: [
          ['bootstrap', rounded(median(desk)), rounded(ratio, 2)],
          ['the inserts alone', rounded(median(floor)), 1],
        ],
      },
    },
  };
}

function spreadPart(runs: SpreadRuns): Part {
  const all = [...runs.painted, ...runs.silent];
  const p95 = quantile(all, 0.95);
  const { few, many } = runs.statements;
  const [sumFew, sumMany] = [sumOf(few), sumOf(many)];
  const desks = `${paintedDesks} painted desks and ${runs.silentDesks} without a screen`;
  const row = (name: string, list: readonly number[]) => [
    name,
    ...[0.5, 0.95, 1].map((q) => rounded(quantile(list, q))),
  ];
  return {
    bars: [
      { name: `a booking reaches ${desks}, p95 at most 250 ms`, measured: ms(p95), met: p95 <= 250 },
      {
        name: 'the server’s statements for a change do not depend on how many desks there are',
        measured: `${sumFew.toFixed(1)} with ${paintedDesks + 1} desks, ${sumMany.toFixed(1)} with ${paintedDesks + 1 + runs.silentDesks}`,
        met: sumMany <= sumFew * 1.1 + 0.5,
      },
    ],
    section: {
      heading: 'From one desk to all others',
      text:
        `${runs.changes} bookings at one desk, one after another; from the call that sends one (its decision and its commit are ` +
        'in it) until each other desk has painted it, or has it in its store.',
      table: {
        columns: ['desks', 'p50 ms', 'p95 ms', 'most ms'],
        rows: [
          row('painted in Chromium', runs.painted),
          row('without a screen', runs.silent),
          row('the one that booked, told that it is done', runs.sender),
        ],
      },
    },
  };
}

function sumOf(statements: StatementCounts): number {
  return Object.values(statements).reduce((sum, count) => sum + count, 0);
}

function gesturePart(runs: GestureRuns): Part {
  return {
    bars: gestureBars(runs),
    section: {
      heading: 'From the gesture to the visit',
      text:
        'On a day of 1,000 visits, from the last event of a gesture until its visit is painted, provisional. In turn with the line to the ' +
        'server and without it.',
      table: {
        columns: ['gesture', 'most frames', 'median ms'],
        rows: gestureFiguresOf(runs).map(({ name, frames, milliseconds }) => [name, frames, rounded(milliseconds, 1)]),
      },
    },
  };
}

function reconnectPart({ commands, others, clashes }: ReconnectRun, runs: readonly ReconnectRun[]): Part {
  const slowestMs = Math.max(...runs.map(({ decidedMs }) => decidedMs));
  const byClock = runs.map(({ longest }) => longest.milliseconds);
  const maxOnCore = Math.max(...runs.map(({ longest }) => longest.maxCpuMilliseconds));
  return {
    bars: [
      {
        name: `${commands} commands of a long day offline are decided within 10 s`,
        measured: `${(slowestMs / 1000).toFixed(1)} s at most`,
        met: slowestMs <= 10_000,
      },
      {
        name: `meanwhile the screen has no task over 50 ms, in the median of ${runs.length} such days`,
        measured: `${ms(median(byClock))} (${ms(Math.max(...byClock))} in the worst; none had a core for more than ${ms(maxOnCore)})`,
        met: median(byClock) <= 50,
      },
    ],
    section: {
      heading: 'Back after a long day offline',
      text: [
        `${commands} commands were made at a desk whose line to the server was cut: half check-ins by their buttons, the others bookings,`,
        `moves and cancellations. Others booked ${others} visits meanwhile, of which ${clashes} took slots that were booked`,
        'offline. From the mended line until none waits; each time another clinic. Page, desk, server and database share the cores, and a task',
        'waits for one of them while its clock runs: of the longest, the time that it had one stands beside it. Tasks are those of the',
        'browser’s trace, until four seconds after the last verdict, when all is drawn; what the page itself is told of as a long task is',
        'counted beside. The page asked the desk for its status ten times a second. Playwright made the commands and had left the page before:',
        'for a page that it holds it follows the network, and Chromium copies each message of the socket on the page’s main thread for it.',
      ].join(' '),
      table: {
        columns: ['decided in ms', 'refused', 'longest task ms', 'on a core', 'long tasks told', 'slowest answer ms'],
        rows: runs.map(({ decidedMs, refused, longest, longTasks, slowestAnswerMs }) => [
          rounded(decidedMs),
          refused,
          rounded(longest.milliseconds),
          rounded(longest.cpuMilliseconds),
          longTasks.length,
          rounded(slowestAnswerMs),
        ]),
      },
    },
  };
}

function startPart({ day, bare, visits }: StartRuns): Part {
  const total = (timings: readonly StartTiming[]) => median(timings.map((timing) => timing.total));
  const shell = (timings: readonly StartTiming[]) => median(timings.map((timing) => timing.shell));
  const ratio = total(day) / total(bare);
  return {
    bars: [
      {
        name: 'a cold start offline to a usable day at most 1.5 × a bare window',
        measured: times(ratio),
        met: ratio <= 1.5,
      },
    ],
    section: {
      heading: 'A cold start offline',
      text:
        `From the start of the browser shell’s process until all ${thousands(visits)} visits of the day (12 providers) are painted, the server away; ` +
        'beside it a shell of the same parts (Node, the HTTP server, a window of Chromium) that has no desk and shows a line of text. ' +
        'It is put together the plain way: its server is loaded from its packages, listens, and then the window is opened. ' +
        'Holdfast’s is one bundle, keeps what Node made of its sources, and opens its window while it loads.',
      table: {
        columns: ['', 'median ms', 'of it until the shell listens', 'of the bare one'],
        rows: [
          ['the day', rounded(total(day)), rounded(shell(day)), rounded(ratio, 2)],
          ['a bare window', rounded(total(bare)), rounded(shell(bare)), 1],
        ],
      },
    },
  };
}
