import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { chromium, type Browser, type Page } from '@playwright/test';

import { rendererDir } from '../../build/build-renderer.ts';
import { buildDesk, mainFile } from '../../build/desk/build-desk.ts';
import { startBrowserShell, type BrowserShell } from '../../electron/browser/start-browser-shell.ts';
import { readyLine } from '../../electron/main/ready-line.ts';
import { startChromium } from '../electron/double/chromium.ts';
import { startDouble } from '../electron/double/start-double.ts';

export type ShellName = 'browser' | 'electron';

export interface OpenShell {
  readonly page: Page;
  /** Ends the desk's process at once, as `kill -9` does. Only a desk with its own process can be killed. */
  kill(): Promise<void>;
  /** Starts the killed desk again over the same store, and shows it on the same page. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** The browser that shows the desks of a file's tests. The double connects to it at `endpoint`. */
export interface Stage {
  readonly browser: Browser;
  readonly endpoint: string | null;
}

export interface ShellOptions {
  readonly stage: Stage;
  readonly serverUrl: string;
  readonly dataDir: string;
  /** A desk with its own process takes a little longer to start. */
  readonly hasOwnProcess: boolean;
  /** Takes console errors and uncaught exceptions, from the first line of the page on. */
  readonly onFault: (text: string) => void;
}

const viewport = { width: 1280, height: 800 };

/** One desk in one of the two shells: both show the same page over the same desk. */
export const openShell: Readonly<Record<ShellName, (options: ShellOptions) => Promise<OpenShell>>> = {
  async browser({ stage: { browser }, serverUrl, dataDir, hasOwnProcess, onFault }) {
    const open = () =>
      hasOwnProcess ? startInChild(serverUrl, dataDir) : startBrowserShell({ serverUrl, dataDir, rendererDir });
    let shell: BrowserShell & { kill?(): Promise<void> } = await open();
    let isKilled = false;
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    page.on('pageerror', (error) => onFault(error.message));
    page.on('console', (message) => {
      // The browser itself reports the broken line to a killed desk.
      if (message.type() === 'error' && !isKilled) onFault(message.text());
    });
    await page.goto(shell.url);
    return {
      page,
      async kill() {
        if (!shell.kill) throw new Error('this desk shares the process of the tests');
        isKilled = true;
        await shell.kill();
      },
      async start() {
        shell = await open();
        await page.goto(shell.url);
        isKilled = false;
      },
      async close() {
        await context.close();
        await shell.close();
      },
    };
  },

  /** Runs the built main and preload under the double of Electron's API, in a process of its own, on a page of the stage. */
  async electron({ stage: { browser, endpoint }, serverUrl, dataDir, onFault }) {
    if (endpoint === null) throw new Error('the double needs a browser that it can speak to');
    await buildDesk();
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    const { targetInfo } = await (await context.newCDPSession(page)).send('Target.getTargetInfo');
    const { targetId } = targetInfo;
    const open = () =>
      startDouble({
        main: mainFile,
        args: [`--server-url=${serverUrl}`, `--data-dir=${dataDir}`, `--renderer-dir=${rendererDir}`],
        circumstances: { adopt: { endpoint, targetId } },
      });
    let double = open();
    const kill = async () => {
      double.signal('SIGKILL');
      await double.ended;
    };
    const start = async () => {
      double = open();
      await double.until(readyLine);
    };
    const close = async () => {
      double.signal('SIGTERM');
      const code = await double.ended;
      await context.close();
      for (const fault of double.faults()) onFault(fault);
      if (code !== 0) onFault(`the app ended with ${code}: ${double.stderr.join('\n')}`);
    };
    try {
      await double.until(readyLine);
      return { page, kill, start, close };
    } catch (error) {
      await close();
      throw error;
    }
  },
};

/** Starts the browser shell by `desk-in-child.ts`. */
async function startInChild(
  serverUrl: string,
  dataDir: string,
): Promise<BrowserShell & { readonly kill: () => Promise<void> }> {
  const child = fork(path.join(import.meta.dirname, 'desk-in-child.ts'), [serverUrl, dataDir, rendererDir]);
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const died = once(child, 'exit').then(() => {
    throw new Error('the desk ended before it was there');
  });
  const [url] = (await Promise.race([once(child, 'message'), died])) as [string];
  // From here on a test may end the process on purpose.
  died.catch(() => {});
  return { url, kill: () => end('SIGKILL'), close: () => end('SIGTERM') };
}

/** One browser for all tests of a worker: Playwright's own, or one that both Playwright and the double can control. */
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
