import path from 'node:path';

import { app, BrowserWindow, screen, type WebPreferences } from 'electron';

import { pageUrl, restartedUrl, stoppedUrl } from './page-address.ts';
import { chooseBounds, minSize } from './window-bounds.ts';
import { loadWindowState, writeWindowState } from './window-state.ts';

export interface WindowOptions {
  readonly kiosk: boolean;
  readonly preload: string;
  /** The file that keeps the window's place and size. */
  readonly stateFile: string;
  /** A kiosk's window closes only when this returns true. */
  readonly isQuitting: () => boolean;
  readonly log: (line: string) => void;
}

/** More stops of the page than this within `crashWindowMs` are a fault that loading the page again does not mend. */
const maxCrashes = 3;
const crashWindowMs = 60_000;

function webPreferences({ kiosk, preload }: WindowOptions): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !kiosk && !app.isPackaged,
  };
}

/** Opens the desk's one window where a person left it. Resolves when the page is loaded. */
export async function openWindow(options: WindowOptions): Promise<BrowserWindow> {
  const { kiosk, stateFile, isQuitting } = options;
  const state = kiosk ? null : loadWindowState(stateFile);
  const window = new BrowserWindow({
    ...chooseBounds(state?.bounds ?? null, workAreas()),
    minWidth: minSize.width,
    minHeight: minSize.height,
    title: 'Holdfast',
    show: false,
    kiosk,
    autoHideMenuBar: true,
    webPreferences: webPreferences(options),
  });
  if (state?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    if (kiosk) {
      if (!isQuitting()) event.preventDefault();
      return;
    }
    writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  loadAgainAfterCrash(window, options.log);
  await window.loadURL(pageUrl);
  return window;
}

function workAreas() {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}

/**
 * Loads the page again after a crash. The desk lives in this process, so the page loses what was being typed and nothing
 * else.
 */
function loadAgainAfterCrash(window: BrowserWindow, log: (line: string) => void): void {
  let crashedAt: number[] = [];
  const { webContents } = window;
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const now = performance.now();
    crashedAt = [...crashedAt.filter((at) => now - at < crashWindowMs), now];
    log(`the page stopped: ${reason}`);
    // The fragment has the day that was shown.
    const { hash = '' } = URL.parse(webContents.getURL()) ?? {};
    void window.loadURL(crashedAt.length > maxCrashes ? stoppedUrl : `${restartedUrl}${hash}`);
  });
}

/** The preload's bundle lies beside the folder of the main bundle. */
export const preloadFile = (here: string) => path.resolve(here, '../preload/preload.cjs');
