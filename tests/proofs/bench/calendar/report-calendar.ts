import type { TopLevelSpec } from 'vega-lite';

import type { BenchResult } from '../bench.ts';
import type { Bar, ReportText, Section } from '../report/report.ts';
import { figuresOf, type Comparison, type Figures } from './compare-calendars.ts';
import { gestureBars, gestureFiguresOf } from './gesture-figures.ts';
import { changesPerPage, movesPerDrag } from './measure-calendar.ts';
import type { GestureRuns } from './measure-gestures.ts';
import { calendars, type CalendarName } from './with-pages.ts';

/** All measurements. */
export interface Found {
  readonly comparisons: readonly Comparison[];
  readonly gestures: GestureRuns;
}

const names: Readonly<Record<CalendarName, string>> = {
  holdfast: 'Holdfast',
  'event-calendar': '@event-calendar/core',
  'big-calendar': 'react-big-calendar',
};

const columns = {
  mount: 'mount ms',
  mountCpu: 'mount CPU ms',
  change: 'one change ms',
  changeP95: 'p95',
  changeCpu: 'change CPU ms',
  dragP50: 'drag frame p50 ms',
  dragP95: 'drag frame p95 ms',
  dragWorst: 'worst',
  dragP95Cpu: 'drag p95 CPU ms',
} as const satisfies Record<keyof Figures, string>;
const keys = Object.keys(columns) as (keyof Figures)[];

const speedOf = ({ throttling }: Comparison) => (throttling === 1 ? 'plain' : `${throttling} × slower`);
const rounded = (milliseconds: number) => Number(milliseconds.toFixed(milliseconds < 100 ? 1 : 0));
const ms = (milliseconds: number) => `${rounded(milliseconds)} ms`;

export function rowsOf({ comparisons, gestures: runs }: Found): BenchResult['rows'] {
  const drawn = comparisons.flatMap((comparison) =>
    calendars.map((name) => {
      const figures = figuresOf(comparison.runs[name]);
      const cells = keys.map((key) => [columns[key], rounded(figures[key])]);
      return { processor: speedOf(comparison), what: names[name], ...Object.fromEntries(cells) };
    }),
  );
  const painted = gestureFiguresOf(runs).map(({ name, frames, milliseconds }) => ({
    processor: 'plain',
    what: name,
    'most frames': frames,
    'until painted ms': rounded(milliseconds),
  }));
  return [...drawn, ...painted];
}

/** Our figures at full speed, and how many times as long the faster library takes to mount. */
function oursOf(comparisons: readonly Comparison[]): { ours: Figures; ratio: number } {
  const plain = comparisons.find(({ throttling }) => throttling === 1);
  if (!plain) throw new Error('nothing was measured at full speed');
  const ours = figuresOf(plain.runs.holdfast);
  const fastest = Math.min(...calendars.slice(1).map((name) => figuresOf(plain.runs[name]).mount));
  return { ours, ratio: fastest / ours.mount };
}

export function barsOf({ comparisons, gestures: runs }: Found): Bar[] {
  const { ours, ratio } = oursOf(comparisons);
  const mount = { name: 'mount at least 2.5 times as fast as the faster library', measured: `${ratio.toFixed(2)} ×` };
  return [
    { ...mount, met: ratio >= 2.5 },
    { name: 'main thread under 8 ms in 95 of 100 drag frames', measured: ms(ours.dragP95), met: ours.dragP95 < 8 },
    { name: 'one change repainted in under 25 ms', measured: ms(ours.change), met: ours.change < 25 },
    ...gestureBars(runs),
  ];
}

export function summaryOf({ comparisons }: Found): string {
  const { ours, ratio } = oursOf(comparisons);
  return (
    `1,000 visits in 20 columns: mounted in ${ms(ours.mount)}, ${ratio.toFixed(2)} times as fast as the faster library; ` +
    `a drag frame takes ${ms(ours.dragP50)} (p95 ${ms(ours.dragP95)}), one change ${ms(ours.change)}`
  );
}

export function reportOf({ comparisons, gestures: runs }: Found, rounds: number): ReportText {
  return {
    title: 'The calendar',
    intro:
      'The day of 20 providers and 1,000 visits, 24 hours in 15-minute slots, as Holdfast draws it and as two calendar ' +
      'libraries draw it: the same names, times, statuses and words, the same fonts, production builds, one headless ' +
      `browser of 1920 × 1080, a fresh page each time; rounds in turn after one to warm up: ${rounds}.`,
    sections: [...comparisons.map(sectionOf), gestureSection(runs)],
    notes: [
      '**mount**: from the call that draws the day until the frame that shows all visits is painted. Ours includes making ' +
        'the columns out of the day’s facts; the libraries are handed finished events.',
      `**one change**: one visit gets another time and status, by each library’s own way to change one; until it is ` +
        `painted, the wait for the next frame included. Median of ${changesPerPage} changes a page.`,
      `**drag frame**: what the main thread does in one frame while a mouse takes a visit across the grid in ` +
        `${movesPerDrag} moves (tasks in the browser’s own trace). Ours also judges every place by the rules of booking.`,
      '**CPU** is the part of the same tasks in which the thread had a core to itself: what other programs took is not in it.',
      'Ours draws a status mark, a check-in button and a spoken name on each card; the libraries draw the text alone.',
      'All three draw every visit of the day at once: none leaves out, or puts off, what is not in sight.',
      'A frame of a gesture is one that the page was asked to draw; while the page is busy none is asked for, so the time ' +
        'is told beside it.',
    ],
  };
}

function gestureSection(runs: GestureRuns): Section {
  return {
    heading: 'From the gesture to the visit',
    text:
      'The whole app, with PostgreSQL, server, desk and its page on a day of 1,000 visits: from the last event of a ' +
      'gesture until its visit is painted. Offline, the line between desk and server is cut, and the desk decides.',
    table: {
      columns: ['gesture', 'most frames', 'median ms'],
      rows: gestureFiguresOf(runs).map(({ name, frames, milliseconds }) => [name, frames, rounded(milliseconds)]),
    },
  };
}

function sectionOf(comparison: Comparison): Section {
  const speed = speedOf(comparison);
  const figures = calendars.map((name) => ({ name: names[name], ...figuresOf(comparison.runs[name]) }));
  const plot = (key: 'mount' | 'change' | 'dragP95', title: string) => ({
    name: `${key.toLowerCase()}-${comparison.throttling}x`,
    alt: `${title}, ${speed}: ${figures.map((row) => `${row.name} ${ms(row[key])}`).join(', ')}`,
    spec: barChart(
      figures.map((row) => ({ calendar: row.name, milliseconds: rounded(row[key]) })),
      `${title}, ms (${speed})`,
    ),
  });
  return {
    heading: comparison.throttling === 1 ? 'At full speed' : `With a processor ${comparison.throttling} times slower`,
    table: {
      columns: ['calendar', ...keys.map((key) => columns[key])],
      rows: figures.map((row) => [row.name, ...keys.map((key) => rounded(row[key]))]),
    },
    plots: [plot('mount', 'Mount'), plot('dragP95', 'Drag frame p95'), plot('change', 'One change')],
  };
}

function barChart(values: { calendar: string; milliseconds: number }[], title: string): TopLevelSpec {
  const y = { field: 'calendar', type: 'nominal', sort: null, title: null } as const;
  const x = { field: 'milliseconds', type: 'quantitative', title: null } as const;
  return {
    title,
    width: 480,
    height: { step: 28 },
    data: { values },
    layer: [
      { mark: 'bar', encoding: { x, y } },
      { mark: { type: 'text', align: 'left', dx: 5 }, encoding: { x, y, text: { field: 'milliseconds' } } },
    ],
  };
}
