import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { startBrowserShell } from '../../electron/browser/start-browser-shell.ts';
import { choosePort } from '../database/free-port.ts';
import { browserFlags, findBrowser } from './find-browser.ts';

export interface OpenDeskOptions {
  serverUrl: string;
  dataDir: string;
  rendererDir: string;
  /** The port of the last start: taken when it is free. */
  preferredPort?: number | undefined;
  /** False: start the shell, open no window. */
  window: boolean;
  env: NodeJS.ProcessEnv;
}

export interface OpenDesk {
  /** The desk's address, with its one-time token. */
  url: string;
  port: number;
  /** Which shell it is and why, for the person who started it. */
  shell: string;
  opened: boolean;
  close(): Promise<void>;
}

/**
 * Opens the desk in the browser shell: this version has no Electron shell. Where the machine has no display or no
 * Chromium, the shell runs all the same and `opened` is false.
 */
export async function openDesk(options: OpenDeskOptions): Promise<OpenDesk> {
  const port = await choosePort({ preferred: options.preferredPort });
  const { serverUrl, dataDir, rendererDir } = options;
  const shell = await startBrowserShell({ serverUrl, dataDir: path.join(dataDir, 'desk'), rendererDir, port });
  const obstacle = findObstacle(options);
  const browser = obstacle === undefined ? findBrowser(options.env) : undefined;
  const window =
    browser === undefined ? undefined : openWindow(browser, shell.url, path.join(dataDir, 'browser-profile'));
  const reason = obstacle ?? (browser === undefined ? 'no Chromium, Chrome or Edge was found' : `window of ${browser}`);
  return {
    url: shell.url,
    port,
    shell: `browser shell (this version has no Electron shell); ${reason}`,
    opened: window !== undefined,
    async close() {
      if (window !== undefined) await closeWindow(window);
      await shell.close();
    },
  };
}

function findObstacle({ window, env }: OpenDeskOptions): string | undefined {
  if (!window) return 'no window, as asked';
  const needsDisplay = process.platform === 'linux';
  if (needsDisplay && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'this machine has no display';
  return undefined;
}

function openWindow(browser: string, url: string, profileDir: string): ChildProcess {
  const flags = [`--app=${url}`, `--user-data-dir=${profileDir}`, ...browserFlags()];
  const window = spawn(browser, flags, { stdio: 'ignore' });
  // A browser that does not start leaves the printed address.
  window.on('error', () => {});
  return window;
}

async function closeWindow(window: ChildProcess): Promise<void> {
  if (window.pid === undefined || window.exitCode !== null || window.signalCode !== null) return;
  const gone = once(window, 'exit');
  window.kill();
  await gone;
}
