import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { listenWhereFree } from '../../server/host/database/free-port.ts';
import { loadBrowserShell } from './build-browser-shell.ts';
import { browserFlags, findBrowser } from './find-browser.ts';
import type { OpenDesk, OpenDeskOptions } from './opened-desk.ts';

const hostEntry = path.join(import.meta.dirname, 'hosted-server.ts');

/**
 * Opens the desk in the browser shell. When the machine has no Chromium, or a window cannot be opened, the shell runs all
 * the same: `opened` is false, and a reason is given.
 */
export async function openBrowser(options: OpenDeskOptions, obstacle: string | undefined): Promise<OpenDesk> {
  const { startBrowserShell } = await loadBrowserShell();
  const { given, dataDir, rendererDir } = options;
  const page = { dataDir: path.join(dataDir, 'desk'), rendererDir };
  const browser = obstacle === undefined ? findBrowser(options.env) : undefined;
  let window: ChildProcess | undefined;
  const onListening = (url: string) => {
    if (browser !== undefined) window = openWindow(browser, url, path.join(dataDir, 'browser-profile'));
  };
  const where = given ?? { serverUrl: null, hostEntry };
  const shell = await listenWhereFree({ preferred: options.preferredPort }, (port) =>
    startBrowserShell({ ...where, ...page, port, onListening }),
  ).catch(async (error: unknown) => {
    if (window !== undefined) await closeWindow(window);
    throw error;
  });
  const reason = obstacle ?? (browser === undefined ? 'no Chromium, Chrome or Edge was found' : `window of ${browser}`);
  return {
    url: shell.url,
    port: Number(new URL(shell.url).port),
    shell: `browser shell; ${reason}`,
    opened: window !== undefined,
    // The page may be opened again, in any window, so a closed window does not end the desk.
    closedByHand: new Promise(() => {}),
    async close() {
      if (window !== undefined) await closeWindow(window);
      await shell.close();
    },
  };
}

function openWindow(browser: string, url: string, profileDir: string): ChildProcess {
  const flags = [`--app=${url}`, `--user-data-dir=${profileDir}`, ...browserFlags()];
  const window = spawn(browser, flags, { stdio: 'ignore' });
  // When the browser does not start, the printed address still leads to the desk.
  window.on('error', () => {});
  return window;
}

async function closeWindow(window: ChildProcess): Promise<void> {
  if (window.pid === undefined || window.exitCode !== null || window.signalCode !== null) return;
  const gone = once(window, 'exit');
  window.kill();
  await gone;
}
