import { chromium, type BrowserContext, type Page } from '@playwright/test';

import { findBrowser } from '../../../../build/desk/find-browser.ts';
import type { CdpSession } from '../../../electron/double/cdp.ts';
import { startChromium } from '../../../electron/double/chromium.ts';
import type { TraceEvent } from '../calendar/main-thread.ts';

/**
 * A window that nobody watches while it is measured. Playwright follows the network of every page that it holds, and for
 * that Chromium copies each message of the page's socket on the page's own main thread: a day of 400 visits each time.
 */
export interface OwnWindow {
  /** For what is done before: gone with `letGo`. */
  readonly page: Page;
  /** Playwright leaves, and what it had set for the page with it: resolves when that is drawn. */
  letGo(): Promise<void>;
  /** What a script says in the page, awaited. */
  evaluate<T>(expression: string): Promise<T>;
  /** What these categories said of the browser while `fn` ran. */
  trace(categories: readonly string[], fn: () => Promise<void>): Promise<TraceEvent[]>;
  close(): void;
}

/** A PC with a mouse: without a display Chromium finds none, and the page shows what a touch screen needs. */
const withMouse =
  '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4';
/** In it the page has 1920 × 1080: the window's own bars take the rest. */
const size = { width: 1920, height: 1167 };

/** The frame that is begun after this has been drawn when it resolves. */
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
