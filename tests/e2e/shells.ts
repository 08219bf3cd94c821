import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { chromium, type Browser, type Page } from '@playwright/test';

import { rendererDir } from '../../build/build-renderer.ts';
import { buildDesk, mainFile } from '../../build/desk/build-desk.ts';
import { startBrowserShell } from '../../electron/browser/start-browser-shell.ts';
import { readyLine } from '../../electron/main/ready-line.ts';
import { startChromium } from '../electron/double/chromium.ts';
import { startDouble } from '../electron/double/start-double.ts';

export type ShellName = 'browser' | 'electron';

export interface OpenShell {
  readonly page: Page;
  close(): Promise<void>;
}

/** The browser that shows the desks of a file's tests; `endpoint` is where the double speaks to it. */
export interface Stage {
  readonly browser: Browser;
  readonly endpoint: string | null;
}

export interface ShellOptions {
  readonly stage: Stage;
  readonly serverUrl: string;
  readonly dataDir: string;
  /** Takes console errors and uncaught exceptions, from the first line of the page on. */
  readonly onFault: (text: string) => void;
}

const viewport = { width: 1280, height: 800 };

/** One desk in one of the two shells: both show the same page over the same desk. */
export const openShell: Readonly<Record<ShellName, (options: ShellOptions) => Promise<OpenShell>>> = {
  async browser({ stage: { browser }, serverUrl, dataDir, onFault }) {
    const shell = await startBrowserShell({ serverUrl, dataDir, rendererDir });
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    page.on('pageerror', (error) => onFault(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') onFault(message.text());
    });
    await page.goto(shell.url);
    return {
      page,
      async close() {
        await context.close();
        await shell.close();
      },
    };
  },

  /** The built main and preload, run by the double of Electron's API in a process of its own, on a page of the stage. */
  async electron({ stage: { browser, endpoint }, serverUrl, dataDir, onFault }) {
    if (endpoint === null) throw new Error('the double needs a browser that it can speak to');
    await buildDesk();
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    const { targetInfo } = await (await context.newCDPSession(page)).send('Target.getTargetInfo');
    const double = startDouble({
      main: mainFile,
      args: [`--server-url=${serverUrl}`, `--data-dir=${dataDir}`, `--renderer-dir=${rendererDir}`],
      circumstances: { adopt: { endpoint, targetId: targetInfo.targetId } },
    });
    const close = async () => {
      double.signal('SIGTERM');
      const code = await double.ended;
      await context.close();
      for (const fault of double.faults()) onFault(fault);
      if (code !== 0) onFault(`the app ended with ${code}: ${double.stderr.join('\n')}`);
    };
    try {
      await double.until(readyLine);
      return { page, close };
    } catch (error) {
      await close();
      throw error;
    }
  },
};

/** One browser for all tests of a worker: Playwright's own, or for the double one that both can speak to. */
export async function withStage(shell: ShellName, own: Browser, use: (stage: Stage) => Promise<void>): Promise<void> {
  if (shell === 'browser') {
    await use({ browser: own, endpoint: null });
    return;
  }
  const profile = await mkdtemp(path.join(tmpdir(), 'holdfast-stage-'));
  const { endpoint, kill } = await startChromium(profile);
  const browser = await chromium.connectOverCDP(endpoint);
  try {
    await use({ browser, endpoint });
  } finally {
    await browser.close();
    kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
