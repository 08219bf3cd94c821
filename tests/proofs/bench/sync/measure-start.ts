import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { chromium } from '@playwright/test';

import { buildRenderer } from '../../../../build/build-renderer.ts';
import { compileCacheDir } from '../../../../build/desk/build-browser-shell.ts';
import { browserFlags } from '../../../../build/desk/find-browser.ts';
import { choosePort } from '../../../../server/host/database/free-port.ts';
import { openLink } from '../../../e2e/network-link.ts';
import { openFilledDesk } from './open-filled-desk.ts';
import { writeBarePage, writeWatchedRenderer } from './watched-pages.ts';
import { stop, type SyncWorld } from './with-sync-world.ts';

/** Milliseconds from the start of the shell's process until its window shows its content, one figure for each round. */
export interface StartRuns {
  /** The whole day, read from the encrypted store without the server. */
  readonly day: readonly StartTiming[];
  /** One line of text, in a window of a shell that has no desk. */
  readonly bare: readonly StartTiming[];
  readonly visits: number;
}

export interface StartTiming {
  readonly total: number;
  /** The part until the shell's process answers requests for its page. */
  readonly shell: number;
}

const warmUp = 3;
const shells = {
  // The same environment as in build/bootstrap.mjs.
  day: { file: path.join(import.meta.dirname, 'shell-in-child.ts'), env: { NODE_COMPILE_CACHE: compileCacheDir } },
  bare: { file: path.join(import.meta.dirname, 'bare-shell-in-child.ts'), env: {} },
} as const;

/**
 * Measures both in turn. The first rounds of each are a warm-up and not counted: the browser caches the compiled scripts of a
 * page from its third visit on. As in the app, the shell comes back on its port.
 */
export async function measureStart(world: SyncWorld, executablePath: string, rounds: number): Promise<StartRuns> {
  await buildRenderer();
  const visits = world.clinic.visits.length;
  const dataDir = await world.folder('start');
  const { desk } = await openFilledDesk(await world.deskOptions(dataDir));
  await desk.close();
  const link = await openLink(world.serverUrl);
  link.cut();
  const [rendererDir, pageDir] = [await world.folder('renderer'), await world.folder('bare')];
  await writeWatchedRenderer(rendererDir, visits);
  await writeBarePage(pageDir);
  const profiles = { day: await world.folder('profile'), bare: await world.folder('profile') };
  const runs = { day: [] as StartTiming[], bare: [] as StartTiming[] };
  const ports = { day: String(await choosePort({})), bare: String(await choosePort({})) };
  for (let round = 1 - warmUp; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? (['bare', 'day'] as const) : (['day', 'bare'] as const)) {
      const args = name === 'day' ? [link.url, dataDir, rendererDir, ports.day] : [pageDir, ports.bare];
      const timing = await startOnce(shells[name], args, { executablePath, profile: profiles[name] });
      process.stderr.write(
        `  start, ${name}: ${timing.total.toFixed(0)} ms, the shell ${timing.shell.toFixed(0)} ms of it\n`,
      );
      if (round > 0) runs[name].push(timing);
    }
  }
  return { ...runs, visits };
}

const now = () => performance.timeOrigin + performance.now();

async function startOnce(
  { file, env }: (typeof shells)[keyof typeof shells],
  args: readonly string[],
  { executablePath, profile }: { readonly executablePath: string; readonly profile: string },
): Promise<StartTiming> {
  const startedAt = now();
  const child = fork(file, args, { env: { ...process.env, ...env } });
  const [url] = (await once(child, 'message')) as [string];
  const listenedAt = now();
  // The same window as in build/desk/open-browser.ts, but without a display.
  const flags = [`--app=${url}`, `--user-data-dir=${profile}`, ...browserFlags()];
  const window = spawn(
    executablePath,
    [...flags, '--headless=new', '--window-size=1920,1080', '--remote-debugging-port=0'],
    {
      stdio: 'ignore',
    },
  );
  try {
    const shownAt = await readShownAt(profile);
    return { total: shownAt - startedAt, shell: listenedAt - startedAt };
  } finally {
    await stop(window);
    await stop(child);
  }
}

/** Read after the measurement, so that the question takes no time from it. */
async function readShownAt(profile: string): Promise<number> {
  await pause(3_000);
  const [port = ''] = (await readFile(path.join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  try {
    const [page] = browser.contexts().flatMap((context) => context.pages());
    if (!page) throw new Error('the window has no page');
    await page.waitForFunction(() => 'shownAt' in window);
    return await page.evaluate(() => (window as unknown as { shownAt: number }).shownAt);
  } finally {
    await browser.close();
  }
}
