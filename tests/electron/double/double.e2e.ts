import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { chromium, expect, test as base } from '@playwright/test';

import { startDouble, type RunningDouble } from './start-double.ts';

/** Runs a main script and a preload that a test writes: these tests are about the double itself. */
const test = base.extend<{ run: (main: string, preload?: string) => Promise<RunningDouble> }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
  run: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'holdfast-double-'));
    const started: RunningDouble[] = [];
    await use(async (main, preload = '') => {
      const file = path.join(folder, 'main.mjs');
      await writeFile(path.join(folder, 'preload.cjs'), preload);
      await writeFile(file, main.replaceAll('FOLDER', folder));
      const double = startDouble({ main: file, args: [] });
      started.push(double);
      return double;
    });
    for (const double of started) await double.stop();
    await rm(folder, { recursive: true, force: true });
  },
});

const shutOff = `{ preload: 'FOLDER/preload.cjs', contextIsolation: true, sandbox: true, nodeIntegration: false,
  nodeIntegrationInSubFrames: false, nodeIntegrationInWorker: false, webSecurity: true, webviewTag: false,
  navigateOnDragDrop: false }`;

const withWindow = `
  import { app, BrowserWindow, ipcMain, protocol } from 'electron';
  app.setPath('userData', 'FOLDER/data');
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
  app.requestSingleInstanceLock();
  app.whenReady().then(async () => {
    protocol.handle('app', () => new Response('<!doctype html><title>Page</title>', { headers: { 'content-type': 'text/html' } }));
    ipcMain.handle('echo', (_event, value) => value);
    ipcMain.handle('unclonable', () => () => 1);
    const window = new BrowserWindow({ webPreferences: ${shutOff} });
    await window.loadURL('app://page/');
    console.log('loaded');
  });`;

for (const [what, main, named] of [
  ['an import', "import { powerMonitor } from 'electron'; powerMonitor.on('lock-screen', () => {});", 'powerMonitor'],
  ['a function', "import { app } from 'electron'; app.setBadgeCount(1);", 'app.setBadgeCount'],
  ['an event', "import { app } from 'electron'; app.on('login', () => {});", "app event 'login'"],
  [
    'an option of a window',
    "import { BrowserWindow } from 'electron'; new BrowserWindow({ frame: false });",
    'BrowserWindow options.frame',
  ],
  [
    'a page that is not shut off',
    `import { BrowserWindow } from 'electron'; new BrowserWindow({ webPreferences: ${shutOff.replace('sandbox: true', 'sandbox: false')} });`,
    'webPreferences without sandbox: true',
  ],
] as const) {
  test(`the error names a part of Electron that the double does not have: ${what}`, async ({ run }) => {
    const double = await run(main);
    expect(await double.ended).not.toBe(0);
    expect(double.stderr.join('\n')).toContain(named);
  });
}

test('a preload has a world of its own, and no module but electron', async ({ run }) => {
  const double = await run(
    withWindow,
    `const { contextBridge } = require('electron');
     globalThis.secret = 'of the preload';
     let refusal;
     try { require('node:fs'); } catch (error) { refusal = error.message; }
     let lacking;
     try { require('electron').webFrame; } catch (error) { lacking = error.message; }
     contextBridge.exposeInMainWorld('seen', { refusal, lacking });`,
  );
  await double.until('loaded');
  const browser = await chromium.connectOverCDP(double.endpoint());
  const page = browser.contexts()[0]?.pages()[0];
  const seen = await page?.evaluate(() => ({
    seen: 'seen' in window ? window.seen : null,
    secret: 'secret' in window,
  }));
  expect(seen).toMatchObject({ secret: false, seen: { refusal: 'module not found: node:fs' } });
  expect((seen as unknown as { seen: { lacking: string } }).seen.lacking).toContain('no electron.webFrame');
  await browser.close();
});

test('the bridge copies values: errors keep their words, promises and functions get stand-ins, the rest is refused', async ({
  run,
}) => {
  const double = await run(
    withWindow,
    `const { contextBridge, ipcRenderer } = require('electron');
     const kept = { list: [1] };
     contextBridge.exposeInMainWorld('api', {
       echo: (value) => ipcRenderer.invoke('echo', value),
       unclonable: () => ipcRenderer.invoke('unclonable'),
       unknown: () => ipcRenderer.invoke('nowhere'),
       fail: () => { throw new TypeError('as told'); },
       kept: () => kept,
       call: (back) => back({ from: 'preload' }),
       instance: () => new (class Secret { value = 1; })(),
     });`,
  );
  await double.until('loaded');
  const browser = await chromium.connectOverCDP(double.endpoint());
  const page = browser.contexts()[0]?.pages()[0];
  const seen = await page?.evaluate(async () => {
    type Api = Record<string, (...args: unknown[]) => unknown>;
    const { api } = window as unknown as { api: Api };
    const wordsOf = async (work: () => unknown) => {
      try {
        return await work();
      } catch (error) {
        return error instanceof Error ? error.message : 'not an error';
      }
    };
    const sent = { at: new Date(0), none: undefined, big: 10n, half: Number.NaN, list: [1, [2]] };
    const echoed = (await api['echo']?.(sent)) as typeof sent;
    return {
      echoed: [echoed.at.getTime(), 'none' in echoed, typeof echoed.big, echoed.half, echoed.list],
      isCopy: api['kept']?.() !== api['kept']?.(),
      fails: await wordsOf(() => api['fail']?.()),
      called: api['call']?.((value: unknown) => JSON.stringify(value)),
      instance: await wordsOf(() => api['instance']?.()),
      unclonable: await wordsOf(() => api['unclonable']?.()),
      unknown: await wordsOf(() => api['unknown']?.()),
    };
  });
  expect(seen).toEqual({
    echoed: [0, true, 'bigint', Number.NaN, [1, [2]]],
    isCopy: true,
    fails: 'as told',
    called: '{"from":"preload"}',
    instance: 'An object could not be cloned.',
    unclonable: "Error invoking remote method 'unclonable': Error: () => 1 could not be cloned.",
    unknown: "Error invoking remote method 'nowhere': Error: No handler registered for 'nowhere'",
  });
  await browser.close();
});
