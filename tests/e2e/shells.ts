import { chromium, type Browser, type Page } from '@playwright/test';

import { rendererDir } from '../../build/build-renderer.ts';
import { buildDesk, mainFile } from '../../build/desk/build-desk.ts';
import { startBrowserShell } from '../../electron/browser/start-browser-shell.ts';
import { readyLine } from '../../electron/main/ready-line.ts';
import { startDouble } from '../electron/double/start-double.ts';

export type ShellName = 'browser' | 'electron';

export interface OpenShell {
  readonly page: Page;
  close(): Promise<void>;
}

export interface ShellOptions {
  readonly browser: Browser;
  readonly serverUrl: string;
  readonly dataDir: string;
  /** Takes console errors and uncaught exceptions, from the first line of the page on. */
  readonly onFault: (text: string) => void;
}

const viewport = { width: 1280, height: 800 };

/** One desk in one of the two shells: both show the same page over the same desk. */
export const openShell: Readonly<Record<ShellName, (options: ShellOptions) => Promise<OpenShell>>> = {
  async browser({ browser, serverUrl, dataDir, onFault }) {
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

  /** The built main and preload, run by the double of Electron's API. */
  async electron({ serverUrl, dataDir, onFault }) {
    await buildDesk();
    const double = startDouble({
      main: mainFile,
      args: [`--server-url=${serverUrl}`, `--data-dir=${dataDir}`, `--renderer-dir=${rendererDir}`],
    });
    try {
      await double.until(readyLine);
      const connected = await chromium.connectOverCDP(double.endpoint());
      const page = connected.contexts()[0]?.pages()[0];
      if (!page) throw new Error('the window has no page');
      await page.setViewportSize(viewport);
      return {
        page,
        async close() {
          await connected.close();
          double.signal('SIGTERM');
          const code = await double.ended;
          for (const fault of double.faults()) onFault(fault);
          if (code !== 0) onFault(`the app ended with ${code}: ${double.stderr.join('\n')}`);
        },
      };
    } catch (error) {
      await double.stop();
      throw error;
    }
  },
};
