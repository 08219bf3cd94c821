import { chromium } from '@playwright/test';

import { browserFlags, findBrowser } from '../../../../build/desk/find-browser.ts';
import type { BenchResult } from '../bench.ts';
import { compareCalendars, rawFiguresOf, type Comparison } from './compare-calendars.ts';
import { makeBenchDay } from './make-bench-day.ts';
import { measureGestures } from './measure-gestures.ts';
import { barsOf, reportOf, rowsOf, summaryOf } from './report-calendar.ts';
import { withPages } from './with-pages.ts';

export interface CalendarBenchOptions {
  readonly rounds: number;
  readonly seed: number;
}

/** The speeds: full, and with a processor four times slower. */
const throttlings = [1, 4] as const;

/**
 * Measures the day view of 20 columns and 1,000 visits, ours and that of two libraries, in turn in one browser. Then it
 * measures gestures in the real app on such a day.
 */
export async function benchCalendar({ rounds, seed }: CalendarBenchOptions): Promise<BenchResult> {
  const executablePath = findBrowser(process.env);
  const browser = await chromium.launch({ args: browserFlags(), ...(executablePath ? { executablePath } : {}) });
  try {
    const day = makeBenchDay(seed);
    const comparisons: Comparison[] = [];
    await withPages(day, async (urlOf) => {
      for (const throttling of throttlings) {
        const visits = day.appointments.length;
        comparisons.push(await compareCalendars(browser, urlOf, { throttling, rounds, visits }));
      }
    });
    const found = { comparisons, gestures: await measureGestures(browser, rounds) };
    return {
      rows: rowsOf(found),
      bars: barsOf(found),
      summary: summaryOf(found),
      report: {
        ...reportOf(found, rounds),
        versions: { Chromium: browser.version() },
        figures: { calendars: comparisons.map(rawFiguresOf), gestures: found.gestures },
      },
    };
  } finally {
    await browser.close();
  }
}
