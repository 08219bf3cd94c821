import { chromium, type Browser } from '@playwright/test';

import { browserFlags, findBrowser } from '../../../build/desk/find-browser.ts';
import type { BenchResult } from '../bench.ts';
import { measureGestures } from '../calendar/measure-gestures.ts';
import { measureBootstrap } from './measure-bootstrap.ts';
import { measureReconnect, type ReconnectRun } from './measure-reconnect.ts';
import { measureSpread } from './measure-spread.ts';
import { measureStart } from './measure-start.ts';
import { reportSync, type SyncMeasured } from './report-sync.ts';
import { withSyncWorld } from './with-sync-world.ts';

export const syncParts = ['bootstrap', 'start', 'spread', 'reconnect', 'gestures'] as const;
export type SyncPart = (typeof syncParts)[number];

export interface SyncBenchOptions {
  readonly only: readonly SyncPart[];
  readonly rounds: number;
  readonly appointments: number;
  readonly patients: number;
  /** Without a screen. */
  readonly desks: number;
  readonly changes: number;
  /** Made offline. */
  readonly commands: number;
  readonly seed: number;
}

/** 200 visits a day. */
const ordinaryClinic = { appointments: 3_200, patients: 1_600, providers: 12 };

/** The desk's own store and its line to the server: each part by itself, on one clinic whose days are full. */
export async function benchSync(options: SyncBenchOptions): Promise<BenchResult> {
  const { only, rounds, desks, changes, commands } = options;
  const executablePath = findBrowser(process.env) ?? chromium.executablePath();
  const does = (part: SyncPart) => only.includes(part);
  let chromiumVersion = '';
  let postgresVersion = '';
  const withBrowser = async <T>(fn: (browser: Browser) => Promise<T>): Promise<T> => {
    const browser = await chromium.launch({ args: browserFlags(), executablePath });
    chromiumVersion = browser.version();
    try {
      return await fn(browser);
    } finally {
      await browser.close();
    }
  };

  const ofWorld = async (): Promise<Pick<SyncMeasured, 'bootstrap' | 'spread' | 'reconnect'>> =>
    withSyncWorld({ ...options, providers: 25 }, async (world) => {
      postgresVersion = world.databaseVersion;
      const bootstrap = does('bootstrap') ? await measureBootstrap(world, rounds) : null;
      const spread = does('spread')
        ? await withBrowser((browser) => measureSpread(browser, world, { desks, changes }))
        : null;
      const reconnect: ReconnectRun | null = does('reconnect')
        ? await withBrowser((browser) => measureReconnect(browser, world, commands))
        : null;
      return { bootstrap, spread, reconnect };
    });
  const needsWorld = syncParts.some((part) => part !== 'gestures' && part !== 'start' && does(part));
  const inWorld = needsWorld ? await ofWorld() : { bootstrap: null, spread: null, reconnect: null };
  const start = does('start')
    ? await withSyncWorld({ ...ordinaryClinic, seed: options.seed }, (world) =>
        measureStart(world, executablePath, rounds),
      )
    : null;
  const gestures = does('gestures') ? await withBrowser((browser) => measureGestures(browser, rounds)) : null;
  return reportSync({ ...inWorld, start, gestures }, options, {
    ...(chromiumVersion && { Chromium: chromiumVersion }),
    ...(postgresVersion && { PostgreSQL: postgresVersion }),
  });
}
