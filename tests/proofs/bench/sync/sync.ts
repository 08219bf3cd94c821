import { chromium, type Browser } from '@playwright/test';

import { browserFlags, findBrowser } from '../../../../build/desk/find-browser.ts';
import type { BenchResult } from '../bench.ts';
import { measureGestures } from '../calendar/measure-gestures.ts';
import type { ClinicSize } from './make-sync-clinic.ts';
import { measureBootstrap } from './measure-bootstrap.ts';
import { measureReconnect, type ReconnectRun } from './measure-reconnect.ts';
import { measureSpread } from './measure-spread.ts';
import { measureStart } from './measure-start.ts';
import { reportSync } from './report-sync.ts';
import type { SyncBenchOptions, SyncPart } from './sync-options.ts';
import { withSyncWorld, type SyncWorld } from './with-sync-world.ts';

/** 200 visits a day. */
export const ordinaryClinic = { appointments: 3_200, patients: 1_600, providers: 12 };
/** 400 visits a day, so that a desk finds 400 commands to make in one. */
export const busyClinic = { appointments: 6_400, patients: 3_200, providers: 20 };

/** Enough rounds to compare medians that lie within a frame of each other. */
const gestureRounds = 20;
/** The inserts alone run at one of two speeds, a third apart. The median of five rounds may be of either. */
const bootstrapRounds = 15;

/** Measures the desk's store and its line to the server. Each part runs by itself, in a clinic of the size that it needs. */
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

  const { seed } = options;
  const inWorld = <T>(part: SyncPart, size: Omit<ClinicSize, 'seed'>, measure: (world: SyncWorld) => Promise<T>) =>
    does(part)
      ? withSyncWorld({ ...size, seed }, (world) => {
          postgresVersion = world.databaseVersion;
          return measure(world);
        })
      : null;
  const { appointments, patients } = options;
  const bootstrap = await inWorld('bootstrap', { appointments, patients, providers: 25 }, (world) =>
    measureBootstrap(world, Math.max(rounds, bootstrapRounds)),
  );
  const spread = await inWorld('spread', ordinaryClinic, (world) =>
    withBrowser((browser) => measureSpread(browser, world, { desks, changes })),
  );
  // Each round has a world of its own, because a day offline changes every slot.
  const reconnect: ReconnectRun[] = [];
  for (let round = 0; round < rounds; round++) {
    const run = await inWorld('reconnect', busyClinic, (world) => measureReconnect(world, commands));
    if (run) reconnect.push(run);
  }
  const start = await inWorld('start', ordinaryClinic, (world) => measureStart(world, executablePath, rounds));
  const gestures = does('gestures')
    ? await withBrowser((browser) => measureGestures(browser, Math.max(rounds, gestureRounds)))
    : null;
  return reportSync({ bootstrap, spread, reconnect, start, gestures }, options, {
    ...(chromiumVersion && { Chromium: chromiumVersion }),
    ...(postgresVersion && { PostgreSQL: postgresVersion }),
  });
}
