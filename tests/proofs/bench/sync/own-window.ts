import { chromium, type BrowserContext, type Page } from '@playwright/test';

import { findBrowser } from '../../../../build/desk/find-browser.ts';
import type { CdpSession } from '../../../electron/double/cdp.ts';
import { startChromium } from '../../../electron/double/chromium.ts';
import type { TraceEvent } from '../calendar/main-thread.ts';

/**
 * A window that nothing watches while it is measured. Playwright follows the network of every page that it holds. For that
 * Chromium copies each message of the page's socket on the page's main thread: a day of 400 visits each time.
 */
export interface OwnWindow {
  /** The page for what is done before the measurement. `letGo` ends it. */
  readonly page: Page;
  /** Disconnects Playwright, and with it every setting that Playwright made for the page. Resolves when that is drawn. */
  letGo(): Promise<void>;
  /** Runs a script in the page, and awaits its result. */
  evaluate<T>(expression: string): Promise<T>;
  /** Chromium's trace in these categories while `fn` runs. */
  trace(categories: readonly string[], fn: () => Promise<void>): Promise<TraceEvent[]>;
  close(): void;
}

/** Claims a mouse: without a display Chromium finds none, and the page would show what a touch screen needs. */
const withMouse =
  '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4';
/** The window's size. Its page has 1920 × 1080, and the window's own bars take the rest. */
const size = { width: 1920, height: 1167 };

/** Resolves when the frame that begins after the call has been drawn. */
const drawnOnce = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))';

export async function openOwnWindow(profile: string): Promise<OwnWindow> {
  const started = await startChromium(profile, [withMouse], findBrowser(process.env));
  try {
    const target = { url: 'about:blank', ...size };
    const { targetId } = await started.browser.send<{ targetId: string }>('Target.createTarget', target);
    const attached = { targetId, flatten: true };
    const { sessionId } = await started.browser.send<{ sessionId: string }>('Target.attachToTarget', attached);
    const session = started.session(sessionId);
    const browser = await chromium.connectOverCDP(started.endpoint);
    return {
      page: onlyPage(browser.contexts()),
      async letGo() {
        await browser.close();
        await evaluate(session, drawnOnce);
      },
      evaluate: (expression) => evaluate(session, expression),
      trace: (categories, fn) => trace(started.browser, categories, fn),
      close: started.kill,
    };
  } catch (error) {
    started.kill();
    throw error;
  }
}

function onlyPage(contexts: readonly BrowserContext[]): Page {
  const [page] = contexts.flatMap((context) => context.pages());
  if (!page) throw new Error('the window has no page');
  return page;
}

async function evaluate<T>(session: CdpSession, expression: string): Promise<T> {
  const { result, exceptionDetails } = await session.send<{
    readonly result: { readonly value: T };
    readonly exceptionDetails?: { readonly text: string };
  }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`);
  return result.value;
}

async function trace(browser: CdpSession, categories: readonly string[], fn: () => Promise<void>) {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { readonly value: readonly TraceEvent[] }) => void events.push(...value);
  browser.on('Tracing.dataCollected', collect);
  const ended = new Promise<void>((resolve) => browser.once('Tracing.tracingComplete', () => resolve()));
  await browser.send('Tracing.start', { traceConfig: { includedCategories: categories, excludedCategories: ['*'] } });
  try {
    await fn();
  } finally {
    await browser.send('Tracing.end');
    await ended;
    browser.off('Tracing.dataCollected', collect);
  }
  return events;
}
