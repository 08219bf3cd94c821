import type { Browser, CDPSession, Page } from '@playwright/test';

import { mainThreadOf, traceCategories, type TraceEvent, type Work } from './main-thread.ts';
import { timeZone } from './make-bench-day.ts';
import type { BenchPage } from './pages/bench-page.ts';

/** One measurement of one calendar, on a new page. */
export interface CalendarRun {
  /** From the call to the painted frame, by the page's own clock. */
  readonly mountMs: number;
  readonly mount: Work;
  /** For each change, from the call to the painted frame. */
  readonly changeMs: readonly number[];
  readonly changes: readonly Work[];
  readonly dragFrames: readonly Work[];
}

type Bench = Window & { readonly bench: BenchPage };

export const changesPerPage = 8;
export const movesPerDrag = 60;
/** The path of the drag: down and to the right, over many columns and rows. */
const dragPx = { x: 900, y: 240 };

/** `throttling` 4 makes the page's processor four times slower. */
export async function measureCalendar(
  browser: Browser,
  url: string,
  { throttling, visits }: { readonly throttling: number; readonly visits: number },
): Promise<CalendarRun> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, timezoneId: timeZone });
  try {
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(url);
    await page.waitForFunction(() => 'bench' in window);
    const devtools = await context.newCDPSession(page);
    await devtools.send('HeapProfiler.collectGarbage');
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttling });

    await browser.startTracing(page, { categories: traceCategories });
    const mountMs = await page.evaluate(() => (window as unknown as Bench).bench.mount());
    await settle(page);
    const cards = await page.evaluate(() => (window as unknown as Bench).bench.cardCount());
    if (cards !== visits) throw new Error(`${url} shows ${cards} of ${visits} visits`);
    const changeMs: number[] = [];
    for (let n = 0; n < changesPerPage; n++) {
      changeMs.push(await page.evaluate((nth) => (window as unknown as Bench).bench.change(nth), n));
      await settle(page);
    }
    await drag(page, devtools);
    const trace = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
    if (faults.length > 0) throw new Error(`${url}: ${faults.join('; ')}`);

    const thread = mainThreadOf(trace.traceEvents);
    const [mount] = thread.between('mount begins', 'mount ends');
    if (!mount) throw new Error('the trace has no mount');
    return {
      mountMs,
      mount,
      changeMs,
      changes: thread.between('change begins', 'change ends'),
      dragFrames: thread.framesBetween('drag begins', 'drag ends'),
    };
  } finally {
    await context.close();
  }
}

async function settle(page: Page): Promise<void> {
  await page.evaluate(() => (window as unknown as Bench).bench.settle());
}

/** Drags a visit across the grid by mouse, one move for each frame: the next move comes when the browser has done the last. */
async function drag(page: Page, devtools: CDPSession): Promise<void> {
  const mark = (name: string) => page.evaluate((text) => (window as unknown as Bench).bench.mark(text), name);
  const mouse = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number) =>
    devtools.send('Input.dispatchMouseEvent', {
      type,
      x,
      y,
      button: 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      clickCount: type === 'mouseMoved' ? 0 : 1,
    });
  const { x, y } = await page.evaluate(() => (window as unknown as Bench).bench.handle());
  await mouse('mousePressed', x, y);
  await mark('drag begins');
  for (let n = 1; n <= movesPerDrag; n++) {
    await mouse('mouseMoved', x + (dragPx.x * n) / movesPerDrag, y + (dragPx.y * n) / movesPerDrag);
  }
  await mark('drag ends');
  if (!(await page.evaluate(() => (window as unknown as Bench).bench.isDragging()))) {
    throw new Error('the visit does not follow the mouse');
  }
  await mouse('mouseReleased', x + dragPx.x, y + dragPx.y);
}
