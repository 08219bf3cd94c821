import type { Bar } from '../report/report.ts';
import { median } from '../statistics.ts';
import { gestures, type GestureName, type GestureRuns } from './measure-gestures.ts';

export interface GestureFigures {
  readonly name: GestureName;
  /** The greatest number of frames that the gesture took. */
  readonly frames: number;
  /** Median. */
  readonly milliseconds: number;
}

export function gestureFiguresOf(runs: GestureRuns): GestureFigures[] {
  return gestures.map((name) => ({
    name,
    frames: Math.max(...runs[name].map(({ frames }) => frames)),
    milliseconds: median(runs[name].map(({ ms }) => ms)),
  }));
}

/**
 * The median over all gestures with one state of the line. A single gesture ends at random within a frame, which the median
 * of twenty still shows.
 */
export function gestureBars(runs: GestureRuns): Bar[] {
  const most = Math.max(...gestureFiguresOf(runs).map(({ frames }) => frames));
  const timeOf = (line: string) =>
    median(gestures.filter((name) => name.endsWith(`, ${line}`)).flatMap((name) => runs[name].map(({ ms }) => ms)));
  const slowdown = timeOf('offline') / timeOf('online');
  return [
    {
      name: 'a gesture’s provisional visit is painted within two frames',
      measured: `${most} at most`,
      met: most <= 2,
    },
    {
      name: 'offline as fast as online, within 5 % of the median of all gestures',
      measured: `${slowdown.toFixed(2)} ×`,
      met: slowdown <= 1.05,
    },
  ];
}
