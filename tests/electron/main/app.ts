import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { chromium, expect, test as base, type Browser, type Page } from '@playwright/test';

import { buildDesk, mainFile } from '../../../build/desk/build-desk.ts';
import type { Desk, DeskEvent } from '../../../core/contract/desk/calls.ts';
import { readyLine } from '../../../electron/main/ready-line.ts';
import { startDouble, type DoubleOptions, type RunningDouble } from '../double/start-double.ts';
import { startStandIn, type StandIn } from '../stand-in-server.ts';

/** What the small renderer of these tests puts into its page. */
export type DeskWindow = Window & { desk: Desk; heard: DeskEvent[]; deskWasThere: boolean };

export interface RunningApp {
  readonly double: RunningDouble;
  readonly page: Page;
  /** The lines of the log so far. */
  log(): Promise<string>;
}

interface AppOptions {
  readonly args?: readonly string[];
  readonly circumstances?: DoubleOptions['circumstances'];
}

interface Fixtures {
  readonly server: StandIn;
  /** A page of another origin, which redirects from /away to /. */
  readonly elsewhere: string;
  readonly dataDir: string;
  readonly start: (options?: AppOptions) => RunningDouble;
  /** Starts the app and waits until its page is loaded. */
  readonly openApp: (options?: AppOptions) => Promise<RunningApp>;
  /** Looks at the window's page anew: an observer of a page that crashed sees it as crashed for good. */
  readonly look: (double: RunningDouble) => Promise<Page>;
}

const page = '<!doctype html><html><head><title>Day</title><link rel="icon" href="data:,">';
const script =
  'window.deskWasThere = "desk" in window; window.heard = []; window.desk?.listen((event) => window.heard.push(event));';

async function writeRenderer(folder: string): Promise<string> {
  const rendererDir = path.join(folder, 'renderer');
  await mkdir(rendererDir);
  const head = '<script type="module" src="./main.js"></script></head>';
  await writeFile(path.join(rendererDir, 'index.html'), `${page}${head}<body></body></html>`);
  await writeFile(path.join(rendererDir, 'main.js'), script);
  await writeFile(path.join(folder, 'secret.js'), 'window.secret = true;');
  return rendererDir;
}

async function serveElsewhere(): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: '/' }).end();
    else response.writeHead(200, { 'content-type': 'text/html' }).end(`${page}</head><body>Elsewhere</body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Runs the built main and preload under the double, on a folder of their own, with a server that answers as the test says. */
export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
  server: async ({}, use) => {
    const server = await startStandIn();
    await use(server);
    await server.close();
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  elsewhere: async ({}, use) => {
    const { server, url } = await serveElsewhere();
    await use(url);
    server.closeAllConnections();
    server.close();
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  dataDir: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'holdfast-app-'));
    await use(path.join(folder, 'data'));
    await rm(folder, { recursive: true, force: true });
  },
  start: async ({ server, dataDir }, use) => {
    await buildDesk();
    const rendererDir = await writeRenderer(path.dirname(dataDir));
    const started: RunningDouble[] = [];
    await use(({ args = [], circumstances = {} } = {}) => {
      const usual = [`--server-url=${server.url}`, `--data-dir=${dataDir}`, `--renderer-dir=${rendererDir}`];
      const double = startDouble({ main: mainFile, args: [...usual, ...args], circumstances });
      started.push(double);
      return double;
    });
    for (const double of started) await double.stop();
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  look: async ({}, use) => {
    const browsers: Browser[] = [];
    await use(async (double) => {
      const looked = { page: undefined as Page | undefined };
      // An observer that comes before the crashed page is loaded again sees no page, and never will.
      await expect
        .poll(async () => {
          const browser = await chromium.connectOverCDP(double.endpoint());
          browsers.push(browser);
          looked.page = browser.contexts()[0]?.pages()[0];
          return looked.page;
        }, 'the window has a page')
        .toBeDefined();
      return looked.page!;
    });
    for (const browser of browsers) await browser.close();
  },
  openApp: async ({ start, look, dataDir }, use) => {
    await use(async (options) => {
      const double = start(options);
      await double.until(readyLine);
      return { double, page: await look(double), log: () => readFile(path.join(dataDir, 'desk.log'), 'utf8') };
    });
  },
});

export { expect };
