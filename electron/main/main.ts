import path from 'node:path';

import { app, dialog, type BrowserWindow } from 'electron';

import { openDesk, type RunningDesk } from '../desk/open-desk.ts';
import { openInstallation } from '../desk/open-installation.ts';
import { guardWindows } from './guards.ts';
import { serveDesk } from './ipc.ts';
import { parseLaunchOptions } from './launch-options.ts';
import { openLogFile } from './log-file.ts';
import { setMenu } from './menu.ts';
import { openWindow, preloadFile } from './open-window.ts';
import { readyLine } from './ready-line.ts';
import { systemKeyring } from './safe-storage.ts';
import { nameRendererScheme, serveRenderer } from './serve-renderer.ts';
import { closeInTime } from './shut-down.ts';
import { spawnHostBy } from './spawn-host.ts';

/**
 * Runs the desk in Electron: one instance for each data folder, one window. What the desk does is in electron/desk; this
 * folder has what only Electron can do.
 */
const here = import.meta.dirname;
const options = parseLaunchOptions(process.argv, here);
if (options.dataDir !== null) app.setPath('userData', options.dataDir);
const dataDir = app.getPath('userData');
const logFile = path.join(dataDir, 'desk.log');
const log = openLogFile(logFile);
const closers: (() => Promise<void>)[] = [];
let window: BrowserWindow | null = null;
let quitting = false;

nameRendererScheme();
// The lock comes before anything is opened: two desks on one store would send each command twice.
if (app.requestSingleInstanceLock()) void run();
else app.quit();

async function run(): Promise<void> {
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.show();
    window?.focus();
  });
  app.on('before-quit', () => {
    quitting = true;
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (closers.length === 0) return;
    event.preventDefault();
    void closeInTime(closers.splice(0).toReversed(), log).then(() => app.quit());
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

  try {
    await app.whenReady();
    guardWindows(log);
    serveRenderer(options.rendererDir);
    setMenu({ kiosk: options.kiosk, logFile });
    const desk = await openTheDesk();
    closers.push(() => desk.close());
    serveDesk(desk, log);
    window = await openWindow({
      kiosk: options.kiosk,
      preload: preloadFile(here),
      stateFile: path.join(dataDir, 'window.json'),
      isQuitting: () => quitting,
      log,
    });
    process.stdout.write(`${readyLine}\n`);
  } catch (error) {
    // A person closed the window while the page loaded: that is no fault.
    if (quitting) return;
    log(`the desk did not start: ${error instanceof Error ? error.name : 'not an error'}`);
    dialog.showErrorBox('Holdfast did not start', error instanceof Error ? error.message : String(error));
    await closeInTime(closers.splice(0).toReversed(), log);
    app.exit(1);
  }
}

async function openTheDesk(): Promise<RunningDesk> {
  const { serverUrl, hostEntry } = options;
  if (serverUrl === null) {
    return openInstallation({ dataDir, keys: systemKeyring, spawnHost: spawnHostBy(hostEntry), log });
  }
  // The code comes by the environment, because other people on this PC can read a command line.
  const pairingCode = process.env['HOLDFAST_PAIRING_CODE'];
  return openDesk({ serverUrl, dataDir, keys: systemKeyring, ...(pairingCode ? { pairingCode } : {}) });
}
