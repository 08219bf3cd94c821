import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { browserFlags, findHeadlessBrowser } from '../../../build/desk/find-browser.ts';
import { connectCdp, type Cdp } from './cdp.ts';

/**
 * The flags by which Playwright starts its own Chromium, so that pages look and behave the same in the tests of both shells.
 */
const flags = [
  '--headless',
  '--remote-debugging-port=0',
  '--no-startup-window',
  '--hide-scrollbars',
  '--mute-audio',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--disable-popup-blocking',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-dev-shm-usage',
];

export interface Chromium extends Cdp {
  /** The address for another client of the same browser. */
  readonly endpoint: string;
  readonly pid: number;
  kill(): void;
}

/** Starts Chromium on a profile of its own, with further flags, and connects to it. */
export async function startChromium(
  profileDir: string,
  moreFlags: readonly string[] = [],
  program = findHeadlessBrowser(process.env),
): Promise<Chromium> {
  if (program === undefined) throw new Error('There is no Chromium on this machine.');
  const child = spawn(program, [...flags, ...moreFlags, ...browserFlags(), `--user-data-dir=${profileDir}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Chromium ended (${code}) before it could be spoken to.`)));
    createInterface(child.stderr).on('line', (line) => {
      const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
  });
  const pid = child.pid ?? 0;
  return {
    ...(await connectCdp(endpoint)),
    endpoint,
    pid,
    kill() {
      // Chromium and its children are one process group, and end together.
      if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
    },
  };
}

/** Connects to a Chromium that another process started, and leaves it running. */
export async function joinChromium(endpoint: string): Promise<Chromium> {
  return { ...(await connectCdp(endpoint)), endpoint, pid: 0, kill: () => undefined };
}
